"""Below the commune: hamlets and quarters, which have a name and no code."""

import re

from extract.places.scan import Atom
from extract.places.write import MentionWriter, Sense

_JOINS = frozenset((" ", "\u00a0", ".", ". ", "", ": "))
_SPACES = frozenset((" ", "\u00a0"))
_UNIT_BEHIND = re.compile(r"\s?[,(]\s?(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|TP|TX)(?!\w)")


class PartReader(MentionWriter):
    """Reads hamlets: `khu phố Bình Tân 1 và Bình Tân 2`, `ấp An Phong, xã Loan Mỹ`."""

    def joined(self, index: int) -> bool:
        """Tell whether the next atom stands right behind this one."""
        if index + 1 >= len(self.atoms):
            return False
        here, after = self.atoms[index], self.atoms[index + 1]
        gap = self.words.gap(here.last - 1)
        if after.first == here.last and gap == ") " and "(" in here.value:
            return True  # `Bảo hiểm xã hội (BHXH) tỉnh`
        if after.first != here.last or gap not in _JOINS:
            return False
        return "." not in gap or here.kind == "short-rank" or self.words.lower(here.first) in ("tp", "tx")

    def part(self, index: int) -> int:
        """`khu phố Bình Tân 1`, `ấp An Phong, xã Loan Mỹ`; further ones follow after `và`."""
        head, at = self.atoms[index], index + 1
        first = head.first
        while at < len(self.atoms) and (at > index + 1 or self.joined(index)):
            atom = self.atoms[at]
            if atom.kind not in ("run", "number"):
                break
            last = self._with_number(atom.last)
            start = atom.first if atom.kind == "run" else first
            if not (head.value == "bản" and last - start < 2):
                self._add_part(first, start, last)
            at += 1
            if at < len(self.atoms) and self._between(last, at) != " và ":
                break
            first = self.atoms[at].first if at < len(self.atoms) else first
        return max(at, index + 1)

    def _between(self, last: int, index: int) -> str:
        return self.words.text[self.words.ends[last - 1] : self.words.starts[self.atoms[index].first]]

    def _with_number(self, last: int) -> int:
        """Take in the number behind a hamlet's name: `Bình Tân 1`."""
        if last >= self.words.count or self.words.gap(last - 1) not in _SPACES:
            return last
        return last + (self.words.words[last].isdigit() and len(self.words.words[last]) < 3)

    def _add_part(self, first: int, start: int, last: int) -> None:
        above, how = self.context.described(("commune", "district"), None)
        if above is None and not _UNIT_BEHIND.match(self.words.text, self.words.ends[last - 1]):
            return
        own = self.words.text[self.words.starts[start] : self.words.ends[last - 1]]
        if last - start > 1:
            self.context.parts[self.words.key(start, last)] = own
        label = f"{own}, {self.label((above,))}" if above else own
        self.add(first, last, Sense("named", (), how=how, name=label, level="commune", part=own))

    def hamlet_again(self, run: Atom) -> bool:
        """Read a hamlet that was named with its word before: `Riêng Bình Tân 2`."""
        if not self.context.parts:
            return False
        for start in range(run.first, run.last):
            for last in (run.last + 1, run.last):
                if last <= self.words.count and self.words.key(start, last) in self.context.parts:
                    self._add_part(start, start, last)
                    return True
            if self.words.lower(start) not in self.known.function:
                break
        return False
