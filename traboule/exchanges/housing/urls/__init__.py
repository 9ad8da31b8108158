from . import exchanges, finding, listing, stock

app_name = "housing"
urlpatterns = [
    *stock.urlpatterns, *listing.urlpatterns, *finding.urlpatterns, *exchanges.urlpatterns
]  # fmt: skip
