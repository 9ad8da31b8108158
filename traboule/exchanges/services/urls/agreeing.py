from django.urls import path

from ..views import contracts, payslips, works

HERE = "espaces/<slug:slug>/services/"
ONE = f"{HERE}contrats/<str:code>/"
WORK = f"{HERE}heures/<int:pk>/"

urlpatterns = [
    path(f"{HERE}contrats/", contracts.mine, name="contracts"),
    path(f"{HERE}offres/<int:pk>/contrat/", contracts.write, name="write-contract"),
    path(ONE, contracts.one, name="contract"),
    path(f"{ONE}pdf/", contracts.pdf, name="contract-pdf"),
    path(f"{ONE}signer/<str:side>/", contracts.sign, name="sign"),
    path(f"{ONE}signer/<str:side>/code/", contracts.send_code, name="send-code"),
    path(f"{ONE}papier/", contracts.paper, name="sign-on-paper"),
    path(f"{ONE}regulariser/", contracts.regularise, name="regularise"),
    path(f"{ONE}avenant/", contracts.amend, name="amend"),
    path(f"{ONE}annuler/", contracts.cancel, name="cancel-contract"),
    path(f"{ONE}terminer/", contracts.end, name="end-contract"),
    path(f"{ONE}heures/<str:side>/", works.enter, name="enter-hours"),
    path(f"{ONE}bulletin/", payslips.make, name="make-payslip"),
    path(f"{WORK}confirmer/", works.confirm, name="confirm-hours"),
    path(f"{WORK}contester/", works.dispute, name="dispute-hours"),
    path(f"{WORK}retirer/", works.drop, name="drop-hours"),
    path(f"{WORK}trancher/", works.settle, name="settle-hours"),
    path(f"{HERE}desaccords/", works.disputes, name="disputes"),
    path(f"{HERE}bulletins/<str:code>/", payslips.one, name="payslip"),
    path(f"{HERE}bulletins/<str:code>/pdf/", payslips.pdf, name="payslip-pdf"),
]
