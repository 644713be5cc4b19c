//! Seals a text so that one controller of Sealed Secrets alone can read it, without asking it.
//!
//! ```text
//! length (2 bytes) | session key, encrypted for the controller | text, encrypted with the session key
//! ```
//!
//! The session key is made at random for each text, and encrypted by RSA-OAEP with SHA-256; its label says for whom the text is. The
//! text is encrypted by AES-256-GCM; a key that is used once needs no nonce.

use aes_gcm::aead::rand_core::RngCore;
use aes_gcm::aead::{Aead, OsRng};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::pkcs8::DecodePublicKey;
use rsa::sha2::Sha256;
use rsa::{Oaep, RsaPublicKey};
use x509_cert::Certificate;
use x509_cert::der::{DecodePem, Encode};

/// The certificate of a controller: whom texts are sealed for.
pub struct Controller(RsaPublicKey);

/// For whom a text is sealed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum Scope {
    /// For the secret of this name in this namespace.
    Strict,
    /// For any secret of the namespace.
    NamespaceWide,
    /// For any secret of the cluster.
    ClusterWide,
}

impl Scope {
    /// What the controller must be told to open it.
    pub fn label(self, namespace: &str, name: &str) -> String {
        match self {
            Scope::Strict => format!("{namespace}/{name}"),
            Scope::NamespaceWide => namespace.to_owned(),
            Scope::ClusterWide => String::new(),
        }
    }
}

impl Controller {
    /// Reads a certificate, as `kubeseal --fetch-cert` writes it.
    pub fn read(pem: &[u8]) -> Result<Controller, String> {
        let certificate = Certificate::from_pem(pem).map_err(|error| format!("it is no certificate: {error}"))?;
        let key = certificate.tbs_certificate.subject_public_key_info.to_der();
        let key = key.map_err(|error| format!("its key can not be read: {error}"))?;
        RsaPublicKey::from_public_key_der(&key).map(Controller).map_err(|_| "its key is no RSA key".to_owned())
    }

    /// Seals a text. Each time, something else comes out.
    pub fn seal(&self, label: &str, text: &[u8]) -> Result<String, String> {
        let mut session = [0; 32];
        OsRng.fill_bytes(&mut session);
        let wrapped = self.0.encrypt(&mut OsRng, Oaep::new_with_label::<Sha256, _>(label), &session);
        let wrapped = wrapped.map_err(|error| error.to_string())?;
        let length = u16::try_from(wrapped.len()).map_err(|_| "its key is too long".to_owned())?;
        let mut sealed = length.to_be_bytes().to_vec();
        sealed.extend(&wrapped);
        let cipher = Aes256Gcm::new(&session.into());
        let text = cipher.encrypt(Nonce::from_slice(&[0; 12]), text);
        sealed.extend(text.map_err(|_| "it is too long".to_owned())?);
        Ok(STANDARD.encode(sealed))
    }
}

#[cfg(test)]
mod tests {
    use rsa::RsaPrivateKey;
    use rsa::pkcs8::DecodePrivateKey;

    use super::*;

    /// A certificate and its key, made for this test and used nowhere else.
    const CERTIFICATE: &str = include_str!("../../tests/seal/certificate.pem");
    const KEY: &str = include_str!("../../tests/seal/key.pem");

    /// What the controller does, by itself.
    fn open(label: &str, sealed: &str) -> Option<Vec<u8>> {
        let sealed = STANDARD.decode(sealed).unwrap();
        let (length, rest) = sealed.split_at(2);
        let (wrapped, text) = rest.split_at(usize::from(u16::from_be_bytes([length[0], length[1]])));
        let key = RsaPrivateKey::from_pkcs8_pem(KEY).unwrap();
        let session = key.decrypt(Oaep::new_with_label::<Sha256, _>(label), wrapped).ok()?;
        Aes256Gcm::new_from_slice(&session).unwrap().decrypt(Nonce::from_slice(&[0; 12]), text).ok()
    }

    #[test]
    fn what_is_sealed_for_one_is_opened_by_that_one_alone() {
        let controller = Controller::read(CERTIFICATE.as_bytes()).unwrap();
        for text in ["", "hunter2", "ü\n\0", &"x".repeat(100_000)] {
            for scope in [Scope::Strict, Scope::NamespaceWide, Scope::ClusterWide] {
                let label = scope.label("web", "db");
                let sealed = controller.seal(&label, text.as_bytes()).unwrap();
                assert_eq!(open(&label, &sealed).as_deref(), Some(text.as_bytes()));
                assert_eq!(open("web/other", &sealed), None);
                assert_ne!(controller.seal(&label, text.as_bytes()).unwrap(), sealed);
            }
        }
    }

    #[test]
    fn what_is_no_certificate_is_told() {
        for pem in ["", "hunter2", KEY, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
            assert!(Controller::read(pem.as_bytes()).is_err());
        }
    }
}
