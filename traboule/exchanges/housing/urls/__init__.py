from . import finding, listing, results, stock, swaps

app_name = "housing"
urlpatterns = [
    *stock.urlpatterns, *listing.urlpatterns, *finding.urlpatterns, *swaps.urlpatterns,
    *results.urlpatterns,
]  # fmt: skip
