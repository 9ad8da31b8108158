"""What the provider says of its one person, and the lies it tells to some of its clients."""

import json
import time

from django.contrib.auth import get_user_model, login
from django.http import HttpResponse
from joserfc import jwt
from joserfc.jwk import RSAKey
from oauth2_provider.models import AccessToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.settings import oauth2_settings
from oauth2_provider.views import UserInfoView

from .settings import new_key

# In the ID token, what each client is told instead of the truth.
LIES = {
    "other-issuer": {"iss": "https://ailleurs.example"},
    "other-audience": {"aud": "someone-else"},
    "other-nonce": {"nonce": "another"},
    "expired": {"exp": int(time.time()) - 3600},
    "low-level": {"acr": "eidas0"},
}
HONEST = ("plain", "signed", "verified")
CLIENTS = (*HONEST, "asks", "forged", "other-person", *LIES)


def camille_is_here(get_response):
    """Whoever comes to the page that asks has given their password already."""

    def middleware(request):
        if request.path == "/o/authorize/" and not request.user.is_authenticated:
            login(request, get_user_model().objects.get())
        return get_response(request)

    return middleware


class Validator(OAuth2Validator):
    """Gives the claims in the way of ProConnect."""

    oidc_claim_scope = None

    def get_additional_claims(self, request):
        return {
            "given_name": "Camille",
            "usual_name": "Durand",
            "email": "Camille.Durand@exemple.fr",
            "email_verified": request.client.client_id == "verified",
            "acr": "eidas1",
        }

    def get_id_token_dictionary(self, token, token_handler, request):
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        return claims | LIES.get(request.client.client_id, {}), expires

    def get_userinfo_claims(self, request):
        claims = super().get_userinfo_claims(request)
        return claims | ({"sub": "999"} if request.client.client_id == "other-person" else {})


class SignedUserInfoView(UserInfoView):
    """Answers some clients with a signed token, as FranceConnect does to all."""

    def _create_userinfo_response(self, request):
        response = super()._create_userinfo_response(request)
        client = AccessToken.objects.get(
            token=request.headers["Authorization"].removeprefix("Bearer ")
        ).application.client_id
        if client not in ("signed", "forged"):
            return response
        ours = RSAKey.import_key(oauth2_settings.OIDC_RSA_PRIVATE_KEY)
        key = ours if client == "signed" else RSAKey.import_key(new_key())
        claims = json.loads(response.content) | {
            "iss": oauth2_settings.oidc_issuer(request),
            "aud": client,
        }
        token = jwt.encode({"alg": "RS256", "kid": ours.thumbprint()}, claims, key)
        return HttpResponse(token, content_type="application/jwt")
