from typing import Any

from django.contrib import admin

from .models import Purse


@admin.register(Purse)
class PurseAdmin(admin.ModelAdmin):
    """What each space may spend on SMS, and what it has spent this month."""

    list_display = ("label", "key", "monthly_cap_cents", "spent_this_month", "owner")
    search_fields = ("label", "key")
    autocomplete_fields = ("owner",)
    list_select_related = ("owner",)

    @admin.display(description="dépensé ce mois, en centimes")
    def spent_this_month(self, purse: Purse) -> Any:
        return purse.spent()
