from . import finding, listing, stock, swaps

app_name = "housing"
urlpatterns = [
    *stock.urlpatterns, *listing.urlpatterns, *finding.urlpatterns, *swaps.urlpatterns
]  # fmt: skip
