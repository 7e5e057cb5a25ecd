"""Who did what: logins, verdicts, changes of users and plans, newest first."""

from starlette.requests import Request
from starlette.responses import Response

from monitor.language import say
from monitor.web.access import Access
from monitor.web.reads import Reads
from monitor.web.shell import page

SHOWN = 300


class AuditPages:
    """The audit, and the ledger of jobs beside it."""

    def __init__(self, reads: Reads, access: Access) -> None:
        self.reads = reads
        self.access = access

    def show(self, request: Request) -> Response:
        """Deeds of people and runs of jobs; away from loopback only to an operator."""
        session = self.access.session(request)
        if not self.access.local(request) and not (session and session.user.may("operator")):
            title = say("Chỉ người vận hành xem được nhật ký", "The audit is for operators")
            cure = say("Đăng nhập bằng tài khoản vận hành.", "Log in as an operator.")
            return page(request, "missing.html", 403, title=title, what=title, cure=cure)
        store = self.reads.store()
        every = store.runs(limit=400)
        runs = [run for run in every if not run.job.startswith("mail:")][:60]
        mails = [run for run in every if run.job.startswith("mail:")][:60]
        return page(
            request, "audit.html", title=say("Nhật ký", "Audit"), deeds=store.deeds(limit=SHOWN), runs=runs, mails=mails
        )
