select 2
from where
