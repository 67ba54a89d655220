"""Which accounts are changing hands, and does what we know of them pass on?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Handovers"), _("Which accounts are changing hands, and does what we know of them pass on?"))
handover = ui.opened_handover(frame)


def every():
    """All handovers, or what makes one."""
    if ui.handover_figures(frame):
        ui.handover_table(frame)
    else:
        ui.empty(
            _("No key account has changed hands."),
            _(
                "A handover opens by itself when the account's manager changes (here, or by import) or its sponsor does."
            ),
            page="managers",
            label=_("Appoint an account manager"),
        )


if handover is None:
    ui.tabs({_("Handovers"): every, _("Pack of an account"): lambda: ui.pack_of_account(frame)})
else:
    ui.handover_head(frame, handover)
    ui.tabs(
        {
            _("Checklist"): lambda: ui.handover_checklist(frame, handover),
            _("Pack"): lambda: ui.handover_pack(frame, handover.row["account_id"], handover),
        },
        key="of",
    )
