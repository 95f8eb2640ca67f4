"""Reads a QR of version 3 or 4 as a scanner does once it has found the squares. Holds no test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Matrix = list[list[int]]

MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, x: y % 2 == 0,
    lambda y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
BLOCKS = {(29, "M"): (1, 44), (29, "Q"): (2, 17), (33, "M"): (2, 32), (33, "Q"): (2, 24)}
"""(size, correction) -> how many blocks of how many bytes."""
LEVELS = {0b01: "L", 0b00: "M", 0b11: "Q", 0b10: "H"}


def matrix_of(size: int, runs: list[tuple[int, int, int]]) -> Matrix:
    matrix = [[0] * size for _ in range(size)]
    for row, first, length in runs:
        for column in range(first, first + length):
            matrix[row][column] = 1
    return matrix


def read_qr(matrix: Matrix) -> str:
    """The text in byte mode. Relies on no correction: every square must be right."""
    size = len(matrix)
    written = 0
    for column in (0, 1, 2, 3, 4):
        written = written << 1 | matrix[8][column]
    level, mask = (written ^ 0b10101) >> 3, (written ^ 0b10101) & 7
    bits = [matrix[y][x] ^ MASKS[mask](y, x) for y, x in _path(size)]
    count, length = BLOCKS[size, LEVELS[level]]
    words = [int("".join(map(str, bits[at : at + 8])), 2) for at in range(0, count * length * 8, 8)]
    stream = "".join(f"{word:08b}" for block in range(count) for word in words[block::count])
    assert stream[:4] == "0100", "byte mode"
    said = int(stream[4:12], 2)
    return bytes(int(stream[12 + 8 * n : 20 + 8 * n], 2) for n in range(said)).decode()


def _path(size: int) -> Iterator[tuple[int, int]]:
    """Squares that carry bits, in the order of the standard: two columns at a time from the right, up and down in turn."""
    upwards = True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for y in range(size - 1, -1, -1) if upwards else range(size):
            for x in (right, right - 1):
                if not _fixed(y, x, size):
                    yield y, x
        upwards = not upwards


def _fixed(y: int, x: int, size: int) -> bool:
    corner = (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9)
    return corner or y == 6 or x == 6 or (abs(y - (size - 7)) <= 2 and abs(x - (size - 7)) <= 2)
