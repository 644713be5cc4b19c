//! Encrypts a short text for recipients of age, as files of its format are.
//!
//! ```text
//! age-encryption.org/v1
//! -> X25519 share           one for each recipient: the key of the file, wrapped for it
//! wrapped key
//! --- code                  over all of the above, by the key of the file
//! nonce, text               the text, encrypted with the key of the file
//! ```

use aes_gcm::aead::rand_core::RngCore;
use aes_gcm::aead::{Aead, OsRng};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bech32::Hrp;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce};
use hkdf::Hkdf;
use hmac::Mac;
use rsa::sha2::Sha256;
use x25519_dalek::{EphemeralSecret, PublicKey};

/// How long lines of base 64 are.
const LINE: usize = 64;
/// The one piece of a short text is its first and its last.
const ONLY_PIECE: [u8; 12] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

/// The public key of somebody: `age1..`.
pub struct Recipient([u8; 32]);

impl Recipient {
    /// Reads it.
    pub fn read(text: &str) -> Option<Recipient> {
        let (kind, key) = bech32::decode(text).ok()?;
        let key = key.try_into().ok()?;
        (kind == Hrp::parse("age").ok()?).then_some(Recipient(key))
    }

    /// The key of a file, wrapped so that this recipient alone gets it.
    fn stanza(&self, file_key: &[u8; 16]) -> Option<String> {
        let own = EphemeralSecret::random_from_rng(OsRng);
        let share = PublicKey::from(&own).to_bytes();
        let shared = own.diffie_hellman(&PublicKey::from(self.0));
        // A key of low order would give a secret that everybody knows.
        if !shared.was_contributory() {
            return None;
        }
        let key = derived(shared.as_bytes(), &[share, self.0].concat(), b"age-encryption.org/v1/X25519")?;
        let wrapped = ChaCha20Poly1305::new(&key.into()).encrypt(&Nonce::default(), &file_key[..]).ok()?;
        Some(format!("-> X25519 {}\n{}\n", STANDARD_NO_PAD.encode(share), STANDARD_NO_PAD.encode(wrapped)))
    }
}

/// A text for some recipients, in letters. The text must be shorter than 64 KiB.
pub fn encrypt(recipients: &[Recipient], text: &[u8]) -> Option<String> {
    let mut file_key = [0; 16];
    OsRng.fill_bytes(&mut file_key);
    let mut header = "age-encryption.org/v1\n".to_owned();
    for recipient in recipients {
        header += &recipient.stanza(&file_key)?;
    }
    header += "---";
    let code = derived(&file_key, &[], b"header")?;
    let mut code = <hmac::Hmac<Sha256> as Mac>::new_from_slice(&code).ok()?;
    code.update(header.as_bytes());
    header += &format!(" {}\n", STANDARD_NO_PAD.encode(code.finalize().into_bytes()));
    let mut nonce = [0; 16];
    OsRng.fill_bytes(&mut nonce);
    let key = derived(&file_key, &nonce, b"payload")?;
    let text = ChaCha20Poly1305::new(&key.into()).encrypt(&ONLY_PIECE.into(), text).ok()?;
    let letters = STANDARD.encode([header.as_bytes(), &nonce, &text].concat());
    let lines: Vec<&str> =
        (0..letters.len()).step_by(LINE).filter_map(|at| letters.get(at..letters.len().min(at + LINE))).collect();
    Some(format!("-----BEGIN AGE ENCRYPTED FILE-----\n{}\n-----END AGE ENCRYPTED FILE-----\n", lines.join("\n")))
}

fn derived(secret: &[u8], salt: &[u8], what: &[u8]) -> Option<[u8; 32]> {
    let mut key = [0; 32];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(what, &mut key).ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test and used nowhere else.
    const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    #[test]
    fn recipients_are_told_from_what_is_none() {
        assert!(Recipient::read(RECIPIENT).is_some());
        for text in
            ["", "age1", "hunter2", &RECIPIENT.replace("zvky", "zvkz"), &RECIPIENT.to_uppercase().replace("AGE", "AGX")]
        {
            assert!(Recipient::read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_header_says_each_recipient() {
        let recipients = [Recipient::read(RECIPIENT).unwrap(), Recipient::read(RECIPIENT).unwrap()];
        let letters = encrypt(&recipients, b"hunter2").unwrap();
        let inner: String = letters.lines().filter(|line| !line.starts_with('-')).collect();
        let file = STANDARD.decode(inner).unwrap();
        let text = String::from_utf8_lossy(&file);
        assert_eq!(text.matches("-> X25519 ").count(), 2);
        assert!(!text.contains("hunter2"));
        assert!(letters.lines().all(|line| line.len() <= LINE));
    }
}
