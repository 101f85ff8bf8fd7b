"""Classes, ids and roles by which systems mark the main content of a page and its boilerplate; in lower case."""

from __future__ import annotations

MAIN_CONTENT = (
    "mw-parser-output",
    "mw-content-text",
    "entry-content",
    "post-content",
    "article-content",
    "article-body",
    "article__body",
    "node__content",
    "field--name-body",
    "available-content",
    "postarticle-content",
    "post-body",
    "page-content",
    "main-content",
    "maincontent",
    "content",
    "main",
)
"""Classes and ids of main content, the most reliable first."""
LANDMARKS = frozenset(
    """banner navigation complementary contentinfo search form dialog alertdialog menu menubar toolbar tablist
    doc-toc toc doc-index""".split()  # noqa: SIM905 - lists of names read better so, here and below
)
"""Roles of content outside of the text (ARIA 1.2, 5.3.4; DPUB-ARIA 1.1)."""
_BOILERPLATE = {
    "navigation": """nav breadcrumb breadcrumbs pagination pager menu navbar navbox navigation catlinks skip-link
        skiplink jump-link mw-jump-link mw-editsection printfooter post-navigation prev-next""",
    "table of contents": "toc msotoc1 msotoc2 msotoc3 msotoc4 tableofcontents table-of-contents",
    "sharing buttons": """share button-wrapper wp-block-buttons captioned-button-wrap
        sharing sharedaddy social-share share-buttons social-links social-media addtoany addthis
        share-links sharebar post-share like-button""",
    "cookie banner": """cookie cookies cookie-banner cookie-notice cookie-consent consent gdpr onetrust
        cookieconsent""",
    "advertisement": "advert advertisement adsbygoogle ad-slot ad-container promo sponsored",
    "sidebar": "sidebar widget widget-area",
    "comments": "comments comments-area comment-list respond comment-respond disqus",
    "related pages": """related related-posts related-content jp-relatedposts yarpp read-more recommended
        see-also-block more-stories""",
    "newsletter form": """newsletter subscribe subscription subscription-widget signup sign-up mailchimp donate
        subscription-widget-wrap subscribe-widget""",
    "page furniture": """entry-meta post-meta entry-footer post-footer byline article-meta posted-on tags-links
        post-tags noprint image-link-expand anchorjs-link header-anchor headerlink post-header-meta social-icons""",
}
BOILERPLATE = {name: label for label, names in _BOILERPLATE.items() for name in names.split()}
"""Label of boilerplate by its class or id."""
REMOVED = {
    "script": "script",
    "style": "style sheet",
    "template": "template",
    "link": "style sheet",
    "meta": "",
    "base": "",
    "title": "",
    "head": "",
    "form": "form",
    "button": "button",
    "select": "form",
    "textarea": "form",
    "input": "form",
    "datalist": "form",
    "dialog": "dialog",
    "canvas": "drawing by script",
    "map": "",
    "area": "",
    "menu": "menu",
}
"""Elements that are removed with their content, and their labels; an empty label is not reported."""
PERMALINKS = frozenset({"#", "¶", "§", "🔗", "⚓", "\u200b"})
