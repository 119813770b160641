"""The discovery document (OpenID Connect Discovery section 3), with Keycloak's paths."""

from __future__ import annotations

from openid.provider import Provider
from openid.settings import ALGORITHMS, PLAIN_SCOPES


def discovery_document(issuer: str, provider: Provider) -> dict[str, object]:
    """Returns the document of a realm."""
    protocol = f"{issuer}/protocol/openid-connect"
    scopes = {scope for user in provider.realm.users.values() for scope in user.scopes}
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{protocol}/auth",
        "token_endpoint": f"{protocol}/token",
        "jwks_uri": f"{protocol}/certs",
        "grant_types_supported": ["password", "refresh_token"],
        "response_types_supported": ["none"],
        "response_modes_supported": ["query"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": list(ALGORITHMS),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "claims_supported": [
            *("iss", "sub", "aud", "exp", "iat", "auth_time", "acr", "azp", "preferred_username")
        ],
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": False,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "scopes_supported": [*PLAIN_SCOPES, *sorted(scopes)],
        "code_challenge_methods_supported": ["S256"],
    }
