#!/bin/sh
# On a build machine that is thrown away: takes the certificate into a keychain of its own, gives notarytool its key, and names
# both to the steps that follow. Needs CERTIFICATE (a .p12 in base64) with CERTIFICATE_PASSWORD, and NOTARY_KEY (a .p8),
# NOTARY_KEY_ID, NOTARY_ISSUER. docs/signing.md says where they come from.
set -eu
keychain=$RUNNER_TEMP/signing.keychain-db
password=$(openssl rand -base64 24)
trap 'rm -f "$RUNNER_TEMP/certificate.p12" "$RUNNER_TEMP/notary.p8"' EXIT

security create-keychain -p "$password" "$keychain"
security set-keychain-settings -t 7200 "$keychain"
security unlock-keychain -p "$password" "$keychain"
security list-keychains -d user -s "$keychain" login.keychain-db
printf '%s' "$CERTIFICATE" | base64 --decode > "$RUNNER_TEMP/certificate.p12"
security import "$RUNNER_TEMP/certificate.p12" -k "$keychain" -P "$CERTIFICATE_PASSWORD" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple: -k "$password" "$keychain" > /dev/null
identity=$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(Developer ID Application: .*\)"/\1/p' | head -1)
[ -n "$identity" ] || { echo 'The certificate is none for "Developer ID Application".' >&2; exit 1; }

printf '%s' "$NOTARY_KEY" > "$RUNNER_TEMP/notary.p8"
xcrun notarytool store-credentials election-tally --key "$RUNNER_TEMP/notary.p8" --key-id "$NOTARY_KEY_ID" \
    --issuer "$NOTARY_ISSUER"

echo "CODESIGN_IDENTITY=$identity" >> "$GITHUB_ENV"
echo "NOTARY_PROFILE=election-tally" >> "$GITHUB_ENV"
