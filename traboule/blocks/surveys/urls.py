from django.urls import path

from .views import answering, asking, noting, results

app_name = "surveys"
_SPACE = "espaces/<slug:slug>/enquetes/"
_HELD = f"{_SPACE}<slug:code>/"
_PUBLIC = "enquetes/<slug:code>/"

_asking = [
    path(_SPACE, asking.surveys, name="surveys"),
    path(f"{_SPACE}nouvelle/", asking.new_survey, name="new-survey"),
    path(_HELD, asking.survey, name="survey"),
    path(f"{_HELD}changer/", asking.change_survey, name="change-survey"),
    path(f"{_HELD}etat/", asking.move, name="move"),
    path(f"{_HELD}copier/", asking.copy, name="copy"),
    path(f"{_HELD}questions/nouvelle/", asking.add_question, name="add-question"),
    path(f"{_HELD}questions/<int:pk>/", asking.change_question, name="change-question"),
    path(f"{_HELD}questions/<int:pk>/deplacer/", asking.move_question, name="move-question"),
    path(f"{_HELD}questions/<int:pk>/retirer/", asking.remove_question, name="remove-question"),
    path(f"{_HELD}questions/<int:pk>/suites/", asking.ways, name="ways"),
]
_noting = [
    path(f"{_HELD}formulaire.pdf", noting.paper_form, name="paper-form"),
    path(f"{_HELD}recopier/", noting.pile, name="pile"),
    path(f"{_HELD}recopier/feuille/", noting.sheet, name="sheet"),
    path(f"{_HELD}entretien/", noting.interview, name="interview"),
    path(f"{_HELD}entretien/suivant/", noting.interview_done, name="interview-done"),
    path(f"{_HELD}envoyer/", noting.send, name="send"),
    path(f"{_HELD}codes/", noting.slips, name="slips"),
]
_reading = [
    path(f"{_HELD}reponses/", results.responses, name="responses"),
    path(f"{_HELD}reponses.csv", results.as_csv, name="csv"),
    path(f"{_HELD}reponses/<int:pk>/ecarter/", results.put_aside, name="put-aside"),
    path(f"{_HELD}reponses/<int:pk>/remettre/", results.put_back, name="put-back"),
    path(f"{_HELD}reponses/<int:pk>/bonne/", results.find_right, name="find-right"),
    path(f"{_HELD}textes/", results.texts, name="texts"),
    path(f"{_PUBLIC}resultats/", results.results, name="results"),
    path(f"{_PUBLIC}resultats.pdf", results.results_pdf, name="results-pdf"),
]
_answering = [
    path(_PUBLIC, answering.begin, name="begin"),
    path(f"{_PUBLIC}<int:number>/", answering.question, name="question"),
    path(f"{_PUBLIC}relire/", answering.review, name="review"),
    path(f"{_PUBLIC}merci/", answering.thanks, name="thanks"),
    path(f"{_PUBLIC}reprendre/", answering.resume, name="resume"),
    path(f"{_PUBLIC}effacer/", answering.erase, name="erase"),
    path(f"{_PUBLIC}i/<slug:invitation>/", answering.invited, name="invited"),
]

urlpatterns = [*_asking, *_noting, *_reading, *_answering]
