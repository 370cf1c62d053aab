"""The term's dates, as all that the ledger counts: service, occurrences, billing months."""

from models.calendar import occurrences, service_dates
from models.service import billing_months, month_of, school_dates

__all__ = ["billing_months", "month_of", "occurrences", "school_dates", "service_dates"]
