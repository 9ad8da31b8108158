from django.urls import path

from ..views import declaring, papers

HERE = "espaces/<slug:slug>/services/"
ONE = f"{HERE}declarations/<int:pk>/"
HOUSEHOLD = f"{HERE}menages/<int:pk>/"
CONTRACT = f"{HERE}contrats/<str:code>/fin/"

urlpatterns = [
    path(f"{HERE}declarations/", declaring.declarations, name="declarations"),
    path(ONE, declaring.declaration, name="declaration"),
    path(f"{ONE}volet-social.<str:kind>", declaring.declaration_file, name="declaration-file"),
    path(f"{ONE}declaree/", declaring.declaration_copied, name="declaration-copied"),
    path(f"{ONE}suite/<str:act>/", declaring.declaration_act, name="declaration-act"),
    path(f"{HOUSEHOLD}mandat-cesu/", declaring.mandate, name="mandate"),
    path(f"{HOUSEHOLD}mandat-cesu/arreter/", declaring.mandate_end, name="mandate-end"),
    path(f"{HOUSEHOLD}mandat-cesu/imprimer/", declaring.mandate_pdf, name="mandate-pdf"),
    path(f"{HOUSEHOLD}avance-immediate/", declaring.advance_page, name="advance"),
    path(f"{HOUSEHOLD}avance-immediate/ou-en-est-elle/", declaring.advance_look,
         name="advance-look"),
    path(f"{HOUSEHOLD}releve/<int:year>/", papers.household_statement,
         name="household-statement"),
    path(f"{HOUSEHOLD}aides/", papers.aids, name="aids"),
    path(f"{HERE}releves/", papers.statements, name="statements"),
    path(f"{HERE}releves/<int:year>/a-poster/", papers.statements_to_post,
         name="statements-to-post"),
    path(f"{HERE}salaires/<int:pk>/<int:year>/", papers.worker_statement,
         name="worker-statement"),
    path(CONTRACT, papers.contract_papers, name="contract-papers"),
    path(f"{CONTRACT}<str:kind>/", papers.contract_paper, name="contract-paper"),
]  # fmt: skip
