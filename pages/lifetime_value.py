"""What will our key accounts be worth, and how sure is that?"""

import streamlit as st

from kam import ui, value
from kam.words import _

frame = ui.page(_("Lifetime value"), _("What will our key accounts be worth, and how sure is that?"))
years = st.segmented_control(_("Years ahead"), [3, 4, 5], default=3, required=True, key="outlook.years")
roster = frame.store.read("programme.roster", {"as_of": frame.as_of}, order_by=[("account_id", False)])
found = value.outlooks(frame.store, frame.as_of, roster.column("account_id"), years=years, for_whom=frame.person)

ui.outlook_figures(frame, found)
ui.tabs(
    {
        _("Key accounts"): lambda: ui.outlook_table(frame, found),
        _("One account"): lambda: ui.account_outlook(frame, found),
        _("Which forecast"): lambda: ui.forecast_verdict(found),
    }
)
