"""A linear program in whole numbers, and the exact bound that dual values give of it.

For  max c x  with  lo <= A x <= hi  and  l <= x <= u,  any multipliers y (with y_i >= 0 where row
i has no lower side, y_i <= 0 where it has no upper one) give

    c x = (c - y A) x + y (A x) <= sum_j max over [l_j, u_j] of (c - y A)_j x_j
                                   + sum_i max over [lo_i, hi_i] of y_i r_i.

The solver's dual values, rounded to multiples of 2**-SCALE, serve as y, and the right side is then
worked out in whole numbers: whatever floating point did, the bound holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

SCALE = 40
"""Binary places that dual values are kept to."""


@dataclass
class Lp:
    """Columns and rows, added one by one; every bound and coefficient is a whole number."""

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    gain: list[int] = field(default_factory=list)
    low: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    coefficients: list[int] = field(default_factory=list)

    def column(self, upper: int, gain: int = 0, lower: int = 0) -> int:
        """Add a column and give its number."""
        self.lower.append(lower)
        self.upper.append(upper)
        self.gain.append(gain)
        return len(self.gain) - 1

    def row(self, low: int | None = None, high: int | None = None) -> int:
        """Add an empty row and give its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def put(self, row: int, column: int, coefficient: int = 1) -> None:
        """Add to a row's coefficient of a column."""
        self.rows.append(row)
        self.columns.append(column)
        self.coefficients.append(coefficient)

    def copy(self) -> "Lp":
        """Give a program of its own that is like this one."""
        return Lp(
            list(self.lower),
            list(self.upper),
            list(self.gain),
            list(self.low),
            list(self.high),
            list(self.rows),
            list(self.columns),
            list(self.coefficients),
        )

    def bound(self, duals: Iterable[float]) -> int:
        """Give a whole number that no solution exceeds, worked out without rounding."""
        unit = 1 << SCALE
        prices = [self._signed(i, round(float(dual) * unit)) for i, dual in enumerate(duals)]
        rest = [gain * unit for gain in self.gain]
        for row, column, coefficient in zip(
            self.rows, self.columns, self.coefficients, strict=True
        ):
            rest[column] -= prices[row] * coefficient
        total = sum(
            value * (high if value > 0 else low)
            for value, low, high in zip(rest, self.lower, self.upper, strict=True)
        )
        for price, low, high in zip(prices, self.low, self.high, strict=True):
            side = high if price > 0 else low
            if price and side is not None:
                total += price * side
        return total >> SCALE

    def _signed(self, row: int, price: int) -> int:
        """Drop a price whose sign the row does not allow."""
        if self.high[row] is None:
            price = min(price, 0)
        return max(price, 0) if self.low[row] is None else price
