//! Encrypts the data of a secret as SOPS does, for recipients of age: `sops` and what delivers can decrypt it.
//!
//! Each value is encrypted by AES-256-GCM with a key of the document, and bound to its path; that key is encrypted for each
//! recipient. A code over all values makes sure that none is exchanged. What is not encrypted (the name, labels) is no part of it,
//! since whoever delivers may add to it.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use aes_gcm::aead::consts::U32;
use aes_gcm::aead::rand_core::RngCore;
use aes_gcm::aead::{Aead, OsRng, Payload};
use aes_gcm::aes::Aes256;
use aes_gcm::{AesGcm, KeyInit};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rsa::sha2::{Digest, Sha256, Sha512};
use serde_json::{Value, json};

use super::age::{self, Recipient};

/// The version of SOPS whose format this is.
const VERSION: &str = "3.9.0";
/// How long the code at the end of what is encrypted is.
const TAG: usize = 16;

type Key = [u8; 32];

/// The data of a secret, encrypted for some recipients: `{ "data": { .. }, "sops": { .. } }`.
pub fn encrypted(recipients: &[String], values: &BTreeMap<String, Vec<u8>>) -> Result<Value, String> {
    let mut key: Key = [0; 32];
    OsRng.fill_bytes(&mut key);
    let mut code = Sha512::new();
    // It says that only what is encrypted is in it.
    code.update(Sha256::digest(b"sops"));
    let mut data = BTreeMap::new();
    for (name, value) in values {
        let text = STANDARD.encode(value);
        code.update(&text);
        data.insert(name, value_of(&key, &text, &format!("data:{name}:"))?);
    }
    let code: String = code.finalize().iter().map(|byte| format!("{byte:02X}")).collect();
    let now = now();
    let mut wrapped = vec![];
    for recipient in recipients {
        let known =
            Recipient::read(recipient).ok_or_else(|| format!("`{recipient}` is no public key of age: `age1..`"))?;
        let letters = age::encrypt(&[known], &key).ok_or_else(|| format!("`{recipient}` can not be used"))?;
        wrapped.push(json!({ "recipient": recipient, "enc": letters }));
    }
    Ok(json!({
        "data": data,
        "sops": {
            "age": wrapped,
            "encrypted_regex": "^(data|stringData)$",
            "lastmodified": now,
            "mac": value_of(&key, &code, &now)?,
            "mac_only_encrypted": true,
            "version": VERSION,
        },
    }))
}

/// One value, bound to its path.
fn value_of(key: &Key, text: &str, path: &str) -> Result<String, String> {
    let mut nonce = [0; 32];
    OsRng.fill_bytes(&mut nonce);
    let cipher = AesGcm::<Aes256, U32>::new(key.into());
    let payload = Payload { msg: text.as_bytes(), aad: path.as_bytes() };
    let sealed = cipher.encrypt(&nonce.into(), payload).map_err(|_| "it is too long".to_owned())?;
    let (data, tag) = sealed.split_at(sealed.len().saturating_sub(TAG));
    let [data, iv, tag] = [data, &nonce, tag].map(|bytes| STANDARD.encode(bytes));
    Ok(format!("ENC[AES256_GCM,data:{data},iv:{iv},tag:{tag},type:str]"))
}

/// The time, as `2026-01-31T08:30:00Z`.
fn now() -> String {
    timestamp(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// The day is counted in years that begin with March, so that a leap day is the last of its year.
fn timestamp(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400 + 719_468, seconds % 86_400);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}T{:02}:{:02}:{:02}Z", rest / 3_600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made for this test and used nowhere else.
    const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

    #[test]
    fn days_are_counted() {
        for (seconds, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_709_251_199, "2024-02-29T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(timestamp(seconds), expected);
        }
    }

    #[test]
    fn nothing_of_a_value_is_left() {
        let values = BTreeMap::from([("password".to_owned(), b"hunter2".to_vec())]);
        let document = encrypted(&[RECIPIENT.to_owned()], &values).unwrap();
        let text = document.to_string();
        assert!(!text.contains("hunter2") && !text.contains(&STANDARD.encode("hunter2")));
        assert_ne!(encrypted(&[RECIPIENT.to_owned()], &values).unwrap()["data"], document["data"]);
        assert!(encrypted(&["age1nobody".to_owned()], &values).is_err());
    }
}
