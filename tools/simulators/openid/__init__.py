"""An OpenID provider with Keycloak's discovery document and token profile."""
