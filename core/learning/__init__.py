"""What past outcomes say about a play: rates and effects, near what was expected while thin."""

from core.learning.effectiveness import Effectiveness
from core.learning.estimate import Estimate, Tally
from core.learning.expectations import Expectations
from core.learning.learner import Learner
from core.learning.means import ShrunkenMeans
from core.learning.outcomes import OUTCOMES, outcomes
from core.learning.rates import ShrunkenRates
from core.learning.resets import Reset, without

__all__ = [
    "OUTCOMES",
    "Effectiveness",
    "Estimate",
    "Expectations",
    "Learner",
    "Reset",
    "ShrunkenMeans",
    "ShrunkenRates",
    "Tally",
    "outcomes",
    "without",
]
