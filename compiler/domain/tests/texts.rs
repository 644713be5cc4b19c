//! What holds for all versions, images, names, host names, urls and paths, and for comparing texts.

use std::cmp::Ordering;

use domain::{Hostname, Image, Name, Path, Problem, Url, Version, VersionConstraint, natural_cmp, nearest};
use proptest::prelude::*;

/// What the text prints as once it is read; none where it is refused.
fn printed<T: ToString>(parse: fn(&str) -> Result<T, Problem>, text: &str) -> Option<String> {
    parse(text).ok().map(|value| value.to_string())
}

/// Small numbers and few words, so that equal parts are frequent.
fn any_version() -> impl Strategy<Value = Version> {
    "v?[0-9](\\.[0-9]{1,2}){0,2}(-(a|rc|0|1|10)(\\.(a|b|2|11)){0,2})?(\\+(k3s1|7))?"
        .prop_filter_map("a version", |text| Version::parse(&text).ok())
}

fn check_total<T>(values: [&T; 3], compare: impl Fn(&T, &T) -> Ordering) -> Result<(), TestCaseError> {
    let [one, other, third] = values;
    prop_assert_eq!(compare(one, one), Ordering::Equal);
    prop_assert_eq!(compare(one, other), compare(other, one).reverse());
    if compare(one, other) != Ordering::Greater && compare(other, third) != Ordering::Greater {
        prop_assert_ne!(compare(one, third), Ordering::Greater);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn versions_are_kept_and_totally_ordered(one in any_version(), other in any_version(), third in any_version()) {
        prop_assert_eq!(Version::parse(&one.to_string()), Ok(one.clone()));
        check_total([&one, &other, &third], Version::precedence)?;
        check_total([&one, &other, &third], Ord::cmp)?;
        prop_assert_eq!(one == other, one.cmp(&other) == Ordering::Equal);
    }

    #[test]
    fn comparators_follow_precedence(one in any_version(), other in "[0-9]\\.[0-9]\\.[0-9]{1,2}") {
        let limit = Version::parse(&other);
        let order = limit.map(|limit| one.precedence(&limit));
        let allows = |operator: &str| one.satisfies(&format!("{operator}{other}"));
        let is_release = one.pre().is_none();
        prop_assert_eq!(allows(">="), order.clone().map(|order| is_release && order != Ordering::Less));
        prop_assert_eq!(allows("<"), order.clone().map(|order| is_release && order == Ordering::Less));
        prop_assert_eq!(allows("="), order.map(|order| is_release && order == Ordering::Equal));
        prop_assert_eq!(allows("!="), allows("=").map(|equal| is_release && !equal));
    }

    #[test]
    fn a_caret_is_its_pair_of_bounds(one in "[0-3]\\.[0-3]\\.[0-3]", major in 0_u8..3, minor in 0_u8..3, patch in 0_u8..3) {
        let end = match (major, minor) {
            (0, 0) => format!("0.0.{}", patch + 1),
            (0, _) => format!("0.{}.0", minor + 1),
            _ => format!("{}.0.0", major + 1),
        };
        let version = Version::parse(&one);
        let caret = version.clone().and_then(|version| version.satisfies(&format!("^{major}.{minor}.{patch}")));
        prop_assert_eq!(caret, version.and_then(|version| version.satisfies(&format!(">={major}.{minor}.{patch} <{end}"))));
    }

    #[test]
    fn a_constraint_is_read_or_refused(text in "[0-9.x*v<>=~^|, a-]{0,16}") {
        if let Some(again) = printed(VersionConstraint::parse, &text) {
            prop_assert_eq!(again, text);
        }
    }

    #[test]
    fn images_are_kept(text in "([a-z0-9.-]{1,8}(:[0-9]{1,4})?/)?[a-zA-Z0-9._/-]{1,20}(:[a-zA-Z0-9._-]{1,8})?") {
        match Image::parse(&text) {
            Ok(image) => {
                prop_assert_eq!(image.to_string(), text.clone());
                let full = format!("{}{}", image.name(), image.tag().map(|tag| format!(":{tag}")).unwrap_or_default());
                let again = Image::parse(&full);
                prop_assert_eq!(again.map(|again| (again.name().to_owned(), again.tag().map(str::to_owned))), Ok((image.name().to_owned(), image.tag().map(str::to_owned))));
            }
            Err(problem) => prop_assert!(problem.fix.is_none_or(|fix| Image::parse(&fix).is_ok())),
        }
    }

    #[test]
    fn names_are_kept_or_repaired(text in "[a-zA-Z0-9_. -]{0,70}") {
        match Name::parse(&text) {
            Ok(name) => prop_assert_eq!(name.to_string(), text),
            Err(problem) => prop_assert!(problem.fix.is_none_or(|fix| Name::parse(&fix).is_ok())),
        }
    }

    #[test]
    fn host_names_are_kept_or_repaired(text in "(\\*\\.)?[a-zA-Z0-9_.*:/-]{0,30}") {
        match Hostname::parse(&text) {
            Ok(name) => {
                prop_assert_eq!(name.to_string(), text.clone());
                prop_assert_eq!(name.labels().count(), text.split('.').count());
                prop_assert!(name.covers(&name) && name.is_under(&name));
                prop_assert!(name.parent().is_none_or(|parent| name.is_under(&parent)));
            }
            Err(problem) => prop_assert!(problem.fix.is_none_or(|fix| Hostname::parse(&fix).is_ok())),
        }
    }

    #[test]
    fn every_name_is_a_host_name_unless_a_host_needs_more(text in "[a-z0-9]([a-z0-9-]{0,10}[a-z0-9])?") {
        prop_assert_eq!(Hostname::parse(&text).is_ok(), Name::parse(&text).is_ok());
    }

    #[test]
    fn urls_are_made_of_their_parts(
        scheme in "(https|oci|ssh)",
        user in prop::option::of("[a-z]{1,4}(:[a-z:]{0,4})?"),
        host in "([a-z]{1,5}(\\.[a-z]{1,5}){0,2}|192\\.168\\.1\\.[1-9]|\\[fd00::[1-9]\\])",
        port in prop::option::of(1_u16..),
        path in "(/[a-z%20.-]{0,5}){0,3}",
        query in prop::option::of("[a-z=&/?]{0,8}"),
        fragment in prop::option::of("[a-z/?]{0,8}"),
    ) {
        let path = path.replace('%', "%25");
        let before = |mark: &str, part: &Option<String>| part.as_ref().map(|part| format!("{mark}{part}")).unwrap_or_default();
        let user_part = user.as_ref().map(|user| format!("{user}@")).unwrap_or_default();
        let port_part = before(":", &port.map(|port| port.to_string()));
        let text = format!("{scheme}://{user_part}{host}{port_part}{path}{}{}", before("?", &query), before("#", &fragment));
        let url = Url::parse(&text);
        prop_assert_eq!(url.as_ref().map(ToString::to_string), Ok(text));
        let parts = url.as_ref().map(|url| (url.scheme(), url.path(), url.query(), url.fragment()));
        prop_assert_eq!(parts, Ok((scheme.as_str(), path.as_str(), query.as_deref(), fragment.as_deref())));
        prop_assert_eq!(url.as_ref().map(|url| url.port().map(|port| port.number())), Ok(port));
        let whole_user = url.as_ref().map(|url| url.user().map(|user| format!("{user}{}", before(":", &url.password().map(str::to_owned)))));
        prop_assert_eq!(whole_user, Ok(user));
    }

    #[test]
    fn urls_are_printed_as_they_are_read_again(text in "[a-zA-Z]{0,5}(://)?[a-zA-Z0-9@:/?#%.\\[\\] -]{0,20}") {
        if let Some(canonical) = printed(Url::parse, &text) {
            prop_assert_eq!(printed(Url::parse, &canonical), Some(canonical.clone()));
            prop_assert!(canonical.eq_ignore_ascii_case(&text) || text.contains('['));
        }
    }

    #[test]
    fn normalized_paths_are_normal(text in "/?([a.]{1,3}/{0,2}){1,6}", other in "/?([b.]{1,3}/?){1,3}") {
        let (Ok(path), Ok(other)) = (Path::parse(&text), Path::parse(&other)) else {
            return Err(TestCaseError::fail("both texts are paths"));
        };
        let normal = path.normalized();
        prop_assert_eq!(normal.normalized(), normal.clone());
        prop_assert_eq!(normal.is_absolute(), path.is_absolute());
        prop_assert_eq!(path.join(&other).normalized(), normal.join(&other).normalized());
        prop_assert!(path.parent().is_none_or(|parent| path.is_under(&parent)));
    }

    #[test]
    fn natural_order_is_total(one in "[a0-2-]{0,5}", other in "[a0-2-]{0,5}", third in "[a0-2-]{0,5}") {
        check_total([&one, &other, &third], |one, other| natural_cmp(one, other))?;
        prop_assert_eq!(natural_cmp(&one, &other) == Ordering::Equal, one == other);
    }

    #[test]
    fn natural_order_counts(prefix in "[a-z-]{0,3}", one in any::<u32>(), other in any::<u32>()) {
        prop_assert_eq!(natural_cmp(&format!("{prefix}{one}"), &format!("{prefix}{other}")), one.cmp(&other));
    }

    #[test]
    fn one_edit_is_near(word in "[a-z]{6,10}", place in 0_usize..6, letter in "[a-z]", edit in 0_u8..4) {
        let mut characters: Vec<char> = word.chars().collect();
        match edit {
            0 => characters.insert(place, letter.chars().next().unwrap_or('a')),
            1 => drop(characters.remove(place)),
            2 => characters[place] = letter.chars().next().unwrap_or('a'),
            _ => characters.swap(place, (place + 1) % 6),
        }
        let misspelled: String = characters.into_iter().collect();
        let expected = (misspelled != word).then_some(word.as_str());
        // The swap of the last with the first character is not one of neighbours.
        if edit < 3 || place < 5 {
            prop_assert_eq!(nearest(&misspelled, [word.as_str(), "an-entirely-different-word"]), expected);
        }
    }

    #[test]
    fn the_order_of_candidates_does_not_matter(word in "[ab]{1,7}", mut candidates in prop::collection::vec("[ab1]{1,7}", 0..12)) {
        let first = nearest(&word, candidates.iter().map(String::as_str)).map(str::to_owned);
        candidates.reverse();
        prop_assert_eq!(nearest(&word, candidates.iter().map(String::as_str)), first.as_deref());
    }
}
