"""A question and its answer, for the browser test of forms that keep what is typed."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

QUESTION = (
    '<!doctype html><html lang="fr"><title>Question</title><main>'
    '<form method="post" data-keep="question">{% keep %}'
    '<label>Votre idée<textarea name="idea"></textarea></label>'
    "<button>Continuer</button></form></main>"
)


@login_not_required
@csrf_exempt
def question(request: HttpRequest) -> HttpResponse:
    """Ask once; once answered, go to the thanks."""
    if request.method == "POST":
        return HttpResponseRedirect(f"/merci/?idea={request.POST['idea']}")
    return HttpResponse(engines["django"].from_string(QUESTION).render())


@login_not_required
def thanks(request: HttpRequest) -> HttpResponse:
    """Say the answer again."""
    return HttpResponse(f"<title>Merci</title><main><p>{request.GET['idea']}</p></main>")


urlpatterns = [path("question/", question), path("merci/", thanks)]
