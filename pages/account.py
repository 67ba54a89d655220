"""What is this account worth, and who stands behind it?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Account"), _("What is this account worth, and who stands behind it?"), of_account=True)
account = ui.account_header(frame)
ui.pack_downloads(frame, account)

# In this order; a tab that another room brings is one line with a function of the kit.
ui.tabs(
    {
        _("Summary"): lambda: ui.account_summary(frame, account),
        _("Value"): lambda: ui.account_worth(frame, account),
        _("Lifetime value"): lambda: ui.lifetime_of_account(frame),
        _("Plan"): lambda: ui.account_plan(frame, account),
        _("People"): lambda: ui.account_people(frame, account),
        _("Needs"): lambda: ui.account_needs(frame, account),
        _("Whitespace"): lambda: ui.account_whitespace(frame, account),
        _("Opportunities"): lambda: ui.account_business(frame, account),
        _("Service"): lambda: ui.account_service(frame, account),
        _("Referrals"): lambda: ui.account_referrals(frame, account),
        _("Dates"): lambda: ui.account_dates(frame, account),
        _("Plays and lessons"): lambda: ui.account_knowledge(frame, account),
        _("Timeline"): lambda: ui.account_timeline(frame, account),
        _("Decisions"): lambda: ui.account_decisions(frame, account),
    }
    | ({_("Group"): lambda: ui.account_group(frame, account)} if account["member_count"] > 1 else {})
)
