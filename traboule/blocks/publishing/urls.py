from django.urls import path

from .views import parts, printed, reading, review, writing

SPACE = "espaces/<slug:slug>/publications"
ONE = f"{SPACE}/<slug:publication>"

app_name = "publishing"
urlpatterns = [
    path("publications.rss", reading.territory_rss, name="territory-rss"),
    path(f"{SPACE}.rss", reading.space_rss, name="rss"),
    path(f"{SPACE}.atom", reading.space_atom, name="atom"),
    path(f"{SPACE}/", reading.listing, name="list"),
    path(f"{SPACE}/ecrire/", writing.choose, name="choose"),
    path(f"{SPACE}/ecrire/<slug:kind>/", writing.write, name="write"),
    path(f"{ONE}/", reading.page, name="page"),
    path(f"{ONE}/lu/", reading.count, name="count"),
    path(f"{ONE}/modifier/", writing.change, name="change"),
    path(f"{ONE}/donner/", writing.submit, name="submit"),
    path(f"{ONE}/effacer/", writing.remove, name="remove"),
    path(f"{ONE}/relire/", review.review, name="review"),
    path(f"{ONE}/retirer/", review.withdraw, name="withdraw"),
    path(f"{ONE}/commenter/", review.comment, name="comment"),
    path(f"{ONE}/commentaires/<int:pk>/montrer/", review.accept_comment, name="accept-comment"),
    path(f"{ONE}/photos/", parts.pictures, name="pictures"),
    path(f"{ONE}/photos/<int:pk>/qui/", parts.who, name="who"),
    path(f"{ONE}/photos/<int:pk>/decider/", parts.decide_file, name="decide-file"),
    path(f"{ONE}/etapes/", parts.steps, name="steps"),
    path(f"{ONE}/lieux/nouveau/", parts.new_pair, name="pair-new"),
    path(f"{ONE}/lieux/<int:pk>/apres/", parts.after, name="after"),
    path(f"{ONE}/lieux/<int:pk>/decider/", parts.decide_pair, name="decide-pair"),
    path(f"{ONE}/envoyer/", parts.box, name="box"),
    path(f"{ONE}/a4.pdf", printed.article, name="article-pdf"),
    path(f"{ONE}/gestes.pdf", printed.gestures, name="gestures-pdf"),
    path(f"{ONE}/avant-apres.pdf", printed.pairs, name="pairs-pdf"),
    path(f"{ONE}/a-emporter.zip", printed.pack, name="pack"),
    path(f"{ONE}/image.jpg", printed.card, name="card"),
]
