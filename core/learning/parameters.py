"""What scikit-learn asks of an estimator's constructor, without its import of three seconds."""

from inspect import signature
from typing import Any, Self


class Parameters:
    """The constructor's arguments, to be read, changed and cloned."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Return the constructor's arguments by name; none of them holds parameters of its own."""
        del deep
        return {name: getattr(self, name) for name in signature(type(self)).parameters}

    def set_params(self, **changes: Any) -> Self:
        """Change some of them; raises TypeError for one that does not exist."""
        if unknown := changes.keys() - self.get_params().keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        for name, value in changes.items():
            setattr(self, name, value)
        return self

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={value!r}" for name, value in self.get_params().items())
        return f"{type(self).__name__}({told})"
