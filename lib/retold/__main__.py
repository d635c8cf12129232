"""Start the commands of ``python -m retold``."""

import sys

from retold_commands import main

sys.exit(main())
