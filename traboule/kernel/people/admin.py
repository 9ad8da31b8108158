from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from traboule.kernel.journal.actions import record

from .models import (
    Channel,
    Editorship,
    ExternalIdentity,
    Membership,
    Organisation,
    Passkey,
    Person,
)

# The back office has the same door as everyone: a code, not a password typed beside a UUID.


@login_required
def _no_password_form(request: HttpRequest, extra_context: object = None) -> HttpResponse:
    """Whoever comes here has signed in, and may not go further: there is no password to ask."""
    raise PermissionDenied


admin.site.login = _no_password_form  # type: ignore[method-assign]


class ChannelInline(admin.TabularInline):
    model = Channel
    fk_name = "person"
    extra = 0
    autocomplete_fields = ("relay",)


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("person",)


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ("name", "language", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("name", "channels__value")
    readonly_fields = ("public_id", "joined_at", "last_login")
    exclude = ("password", "groups", "user_permissions")
    inlines = (ChannelInline,)
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Person, form: ModelForm, change: bool) -> None:
        """Someone made here has no password either."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_display = ("name", "kind", "siret")
    search_fields = ("name", "siret")
    inlines = (MembershipInline,)
    show_full_result_count = False


@admin.register(Editorship)
class EditorshipAdmin(admin.ModelAdmin):
    list_display = ("person", "department_code", "since")
    list_select_related = ("person",)
    autocomplete_fields = ("person",)

    def save_model(self, request: HttpRequest, obj: Editorship, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        record("name-editor", obj.person, by=request.user, department=obj.department_code)

    def delete_model(self, request: HttpRequest, obj: Editorship) -> None:
        super().delete_model(request, obj)
        record("dismiss-editor", obj.person, by=request.user, department=obj.department_code)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for editorship in queryset.select_related("person"):
            self.delete_model(request, editorship)


class CredentialAdmin(admin.ModelAdmin):
    """What opens a person's door: shown and removed here, made by the person alone."""

    list_select_related = ("person",)
    search_fields = ("person__name",)
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Passkey)
class PasskeyAdmin(CredentialAdmin):
    list_display = ("person", "name", "created_at", "last_used_at")
    fields = ("person", "name", "created_at", "last_used_at")


@admin.register(ExternalIdentity)
class ExternalIdentityAdmin(CredentialAdmin):
    list_display = ("person", "provider", "linked_at")
    fields = ("person", "provider", "subject", "linked_at")
