"""Which account could be asked for a referral now, and what have referrals brought?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Referrals"), _("Which account could be asked for a referral now, and what have referrals brought?"))

ui.referral_answer(frame)
ui.tabs(
    {
        _("Moments to ask"): lambda: ui.moments_to_ask(frame),
        _("Referrals"): lambda: ui.referral_table(frame),
        _("Value"): lambda: ui.referral_values(frame),
    }
)
