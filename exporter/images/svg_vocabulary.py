"""Elements and attributes of static drawings (SVG 2); everything else is left out when a drawing is rebuilt."""

from __future__ import annotations

NAMESPACE = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
XHTML = "http://www.w3.org/1999/xhtml"

FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"})
"""Elements for which a drawing is refused, in lower case."""

ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "discard", "mpath", "set"})

_ELEMENTS = """
    a circle clipPath defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
    feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
    feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile
    feTurbulence filter g image line linearGradient marker mask path pattern polygon polyline radialGradient rect stop
    style svg switch symbol text textPath title tspan use
    """
ELEMENTS = frozenset(_ELEMENTS.split())

_ATTRIBUTES = """
    alignment-baseline amplitude azimuth baseFrequency baseline-shift bias class clip clip-path clip-rule
    clipPathUnits color color-interpolation color-interpolation-filters color-rendering cursor cx cy d diffuseConstant
    direction display divisor dominant-baseline dx dy edgeMode elevation exponent fill fill-opacity fill-rule filter
    filterUnits flood-color flood-opacity font font-family font-feature-settings font-kerning font-size
    font-size-adjust font-stretch font-style font-variant font-variation-settings font-weight fr fx fy
    glyph-orientation-horizontal glyph-orientation-vertical
    gradientTransform gradientUnits height href id image-rendering in in2 inline-size
    intercept isolation k1 k2 k3 k4 kernelMatrix kernelUnitLength lang lengthAdjust letter-spacing lighting-color
    limitingConeAngle line-height marker marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask
    mask-type maskContentUnits maskUnits media method mix-blend-mode mode numOctaves offset opacity operator order
    orient overflow paint-order path pathLength patternContentUnits patternTransform patternUnits points pointsAtX
    pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY requiredExtensions
    requiredFeatures result role rotate rx ry scale seed shape-rendering side slope spacing specularConstant
    specularExponent spreadMethod startOffset stdDeviation stitchTiles stop-color stop-opacity stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale
    systemLanguage tableValues targetX targetY text-anchor text-decoration text-orientation text-overflow
    text-rendering textLength transform transform-origin type unicode-bidi values vector-effect version viewBox
    visibility white-space width word-spacing writing-mode x x1 x2 xChannelSelector y y1 y2 yChannelSelector z
    """
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
"""Without a namespace; those whose names begin with `aria-` are allowed too."""

NAMESPACED = frozenset({f"{{{XLINK}}}href", f"{{{XML}}}lang", f"{{{XML}}}space"})
