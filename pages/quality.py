"""How good are the facts that every figure rests on?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Data quality"), _("How good are the facts that every figure rests on?"), needs_ledger=False)

ui.quality_answer(frame)
ui.tabs(
    {
        _("Fresh"): lambda: ui.freshness_table(frame),
        _("Complete"): lambda: ui.gaps_table(frame),
        _("Adding up"): lambda: ui.reconciliation(frame),
        _("Rejected"): lambda: ui.open_rejects(frame),
        _("Each once"): lambda: ui.duplicate_accounts(frame),
        _("People"): lambda: ui.personal_data(frame),
        _("References"): lambda: ui.references(frame),
    }
)
