"""Start the commands, which know all packages and which no package knows."""

import sys

from retold_commands import main

sys.exit(main())
