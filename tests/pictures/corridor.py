"""A courthouse corridor at dusk, traced ray by ray: one-point perspective, low sun through arches."""

from __future__ import annotations

import math

from PIL import Image, ImageEnhance, ImageFilter

from tests.pictures.canvas import grain

WIDTH, HEIGHT, LENGTH = 4.2, 4.6, 34.0
"""The corridor in metres: x to the right, y up, z away from the eye."""
BAY, OPENING, SPRING, THICK = 3.4, 2.3, 2.5, 0.62
"""Distance between arches, their width, the height where they begin to bend, and the wall's depth."""
EYE = (1.75, 1.62, -1.2)
SUN = (0.80, 0.36, 0.48)
Colour = tuple[float, float, float]


def _open(y: float, z: float) -> bool:
    """Return whether a point of the right wall lies in an arch that goes down to a low sill."""
    off = abs((z + 0.5) % BAY - BAY / 2)
    if y < 0.42 or off > OPENING / 2:
        return False
    return y < SPRING or off * off + (y - SPRING) ** 2 < (OPENING / 2) ** 2


def _lit(x: float, y: float, z: float) -> float:
    """How much sun reaches a point, 0-1: rays through the arches, spread a little, for soft edges."""
    total = 0.0
    # The same point gets the same offset in every run: no bands, no chance.
    offset = (math.sin(x * 127.1 + y * 311.7 + z * 74.7) * 43758.5453) % 1 * 0.02 - 0.01
    for step in (-2, -1, 0, 1, 2):
        shift = step * 0.02 + offset
        dx, dy, dz = SUN[0], SUN[1] + shift, SUN[2] + shift * 0.6
        t = (WIDTH - x) / dx
        if t <= 0.001:
            continue
        far = (WIDTH + THICK - x) / dx
        if _open(y + dy * t, z + dz * t) and _open(y + dy * far, z + dz * far):
            total += 0.2
    return total


def _sky(dx: float, dy: float, dz: float) -> Colour:
    up = max(0.0, min(1.0, dy / (abs(dx) + 0.25) * 1.1 + 0.08))
    low, mid, high = (1.0, 0.66, 0.36), (0.86, 0.52, 0.46), (0.27, 0.33, 0.52)
    ridge = 0.055 + 0.03 * math.sin(dz / (dx + 0.3) * 7) + 0.016 * math.sin(dz / (dx + 0.3) * 23 + 1)
    if dy / (abs(dx) + 0.25) < ridge:
        return (0.33, 0.26, 0.32)
    if up < 0.35:
        return _mix(low, mid, up / 0.35)
    return _mix(mid, high, (up - 0.35) / 0.65)


def _mix(a: Colour, b: Colour, share: float) -> Colour:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def _shade(base: Colour, sun: float, x: float, y: float, z: float, corner: float) -> Colour:
    """Light a surface: sun through the arches, glow of the sky from the right, dark in corners and far away."""
    ambient = (0.30 + 0.20 * (x / WIDTH) + 0.05 * (1 - y / HEIGHT)) * (0.45 + 0.55 * min(1.0, corner / 0.7))
    lights = (ambient * 0.96 + sun * 0.98, ambient * 0.93 + sun * 0.63, ambient * 1.08 + sun * 0.33)
    haze = 1 - math.exp(-max(z, 0) / 55)
    colour = (base[0] * lights[0], base[1] * lights[1], base[2] * lights[2])
    return _mix(colour, (0.46, 0.33, 0.29), haze)


def _trace(o: tuple[float, float, float], d: tuple[float, float, float], depth: int = 0) -> Colour:
    (ox, oy, oz), (dx, dy, dz) = o, d
    hits = [((LENGTH - oz) / dz if dz > 1e-9 else 1e9, "end")]
    hits.append(((WIDTH - ox) / dx if dx > 1e-9 else 1e9, "right"))
    hits.append((-ox / dx if dx < -1e-9 else 1e9, "left"))
    hits.append((-oy / dy if dy < -1e-9 else 1e9, "floor"))
    hits.append(((HEIGHT - oy) / dy if dy > 1e-9 else 1e9, "ceiling"))
    t, wall = min(hits)
    x, y, z = ox + dx * t, oy + dy * t, oz + dz * t
    bench = _bench(ox, oy, oz, dx, dy, dz, t)
    if bench is not None:
        return bench
    if wall == "floor":
        return _floor(x, z, d, depth)
    if wall == "right":
        return _arches(x, y, z, d)
    if wall == "left":
        return _left(y, z)
    if wall == "ceiling":
        beam = (z + 0.5) % BAY < 0.34 or (z + 0.5) % BAY > BAY - 0.34
        base = (0.30, 0.20, 0.14) if beam else (0.66, 0.59, 0.52)
        return _shade(base, 0.05 * (1 if beam else 0.6), x, y, z, min(x, WIDTH - x) + 0.15)
    door = abs(x - WIDTH / 2) < 0.85 and y < 2.7
    window = abs(x - WIDTH / 2) < 0.7 and 2.75 < y < 3.5
    if window:
        return (0.92, 0.66, 0.44)
    return _shade((0.28, 0.17, 0.11) if door else (0.80, 0.72, 0.62), 0.0, x, y, z, 0.6)


def _floor(x: float, z: float, d: tuple[float, float, float], depth: int) -> Colour:
    tile = (math.floor(x / 0.525) + math.floor(z / 0.525)) % 2
    seam = min(x % 0.525, z % 0.525) < 0.012
    base = (0.50, 0.27, 0.20) if tile else (0.66, 0.50, 0.40)
    if seam:
        base = (0.34, 0.22, 0.18)
    colour = _shade(base, _lit(x, 0.0, z), x, 0.0, z, min(x, WIDTH - x) + 0.1)
    if depth:
        return colour
    wave = 0.012 * math.sin(x * 31 + z * 17) + 0.009 * math.sin(z * 43)
    mirrored = _trace((x, 0.001, z), (d[0] + wave, -d[1] + wave * 0.4, d[2]), 1)
    share = 0.10 + 0.42 * (1 - min(1.0, abs(d[1]) * 2.1)) ** 3
    return _mix(colour, mirrored, share)


def _arches(x: float, y: float, z: float, d: tuple[float, float, float]) -> Colour:
    if not _open(y, z):
        off = abs((z + 0.5) % BAY - BAY / 2)
        rim = y >= 0.42 and (
            (y < SPRING and OPENING / 2 < off < OPENING / 2 + 0.13)
            or (y >= SPRING and (OPENING / 2) ** 2 < off * off + (y - SPRING) ** 2 < (OPENING / 2 + 0.13) ** 2)
        )
        base = (0.55, 0.44, 0.36) if rim else (0.74, 0.63, 0.52)
        return _shade(base, 0.0, WIDTH * 0.1, y, z, min(y, HEIGHT - y) + 0.2)
    step = THICK / d[0]
    y2, z2 = y + d[1] * step, z + d[2] * step
    if _open(y2, z2):
        return _sky(*d)
    # The depth of the arch: its far side catches the sun, brightest near the outer edge.
    for part in range(1, 11):
        share = part / 10
        if not _open(y + d[1] * step * share, z + d[2] * step * share):
            return _shade((0.82, 0.68, 0.54), 0.16 + 0.62 * share, WIDTH, y, z, 1.0)
    return _sky(*d)


def _left(y: float, z: float) -> Colour:
    off = abs((z + 0.5 - BAY / 2) % (BAY * 2) - BAY)
    base: Colour = (0.84, 0.75, 0.63)
    if y < 1.15:
        base = (0.52, 0.30, 0.24)
    if 1.15 <= y < 1.2:
        base = (0.40, 0.25, 0.20)
    if off < 0.72 and y < 2.55:
        panel = off < 0.55 and (0.25 < y < 1.1 or 1.3 < y < 2.3)
        base = (0.30, 0.18, 0.12) if panel else (0.22, 0.13, 0.09)
    elif off < 0.86 and y < 2.7:
        base = (0.60, 0.47, 0.37)
    return _shade(base, _lit(0.0, y, z) * 0.92, 0.0, y, z, min(y, HEIGHT - y) + 0.12)


def _bench(ox: float, oy: float, oz: float, dx: float, dy: float, dz: float, nearest: float) -> Colour | None:
    """A wooden bench by the left wall, between the first doors: seat, back and legs are boxes."""
    best, found = nearest, None
    for x0, x1, y0, y1, z0, z1 in _BOXES:
        near, far = 0.0, best
        axis = 0
        for number, (o, d, low, high) in enumerate(((ox, dx, x0, x1), (oy, dy, y0, y1), (oz, dz, z0, z1))):
            if abs(d) < 1e-9:
                if not low <= o <= high:
                    near = 1e9
                continue
            a, b = (low - o) / d, (high - o) / d
            if a > b:
                a, b = b, a
            if a > near:
                near, axis = a, number
            far = min(far, b)
        if near < far and near < best:
            best, found = near, axis
    if found is None:
        return None
    x, y, z = ox + dx * best, oy + dy * best, oz + dz * best
    base = (0.46, 0.28, 0.17) if found == 1 else (0.31, 0.18, 0.11)
    return _shade(base, _lit(x, y, z) * (0.9 if found != 2 else 0.1), x, y, z, 0.6)


_BOXES = tuple(
    box
    for z in (4.7, 11.5, 18.3)
    for box in (
        (0.08, 0.58, 0.42, 0.48, z, z + 2.2),
        (0.06, 0.12, 0.55, 0.98, z, z + 2.2),
        (0.10, 0.54, 0.0, 0.42, z + 0.08, z + 0.16),
        (0.10, 0.54, 0.0, 0.42, z + 2.04, z + 2.12),
    )
)


def corridor(width: int = 1500, height: int = 940) -> Image.Image:
    data = bytearray()
    focal = 0.92 * width
    for row in range(height):
        dy = (height * 0.43 - row) / focal
        for column in range(width):
            dx = (column - width * 0.44) / focal
            norm = math.sqrt(dx * dx + dy * dy + 1)
            colour = _trace(EYE, (dx / norm, dy / norm, 1 / norm))
            data += bytes(min(255, int(255 * (1 - math.exp(-2.0 * max(0.0, value))) ** 0.92)) for value in colour)
    image = Image.frombytes("RGB", (width, height), bytes(data))
    glow = image.point(lambda v: max(0, v - 150) * 2).filter(ImageFilter.GaussianBlur(26))
    image = Image.blend(image, Image.composite(glow, image, glow.convert("L")), 0.16).filter(
        ImageFilter.GaussianBlur(0.6)
    )
    image = ImageEnhance.Color(ImageEnhance.Contrast(image).enhance(1.22)).enhance(1.18)
    return grain(image, 7, 4)
