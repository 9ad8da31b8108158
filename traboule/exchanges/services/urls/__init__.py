from . import after, agreeing, asking, declaring, paying

app_name = "services"
urlpatterns = [
    *asking.urlpatterns,
    *agreeing.urlpatterns,
    *paying.urlpatterns,
    *declaring.urlpatterns,
    *after.urlpatterns,
]
