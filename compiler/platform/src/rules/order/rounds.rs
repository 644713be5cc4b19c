//! Ways that lead back to where they began.

#[derive(Clone, Copy, PartialEq)]
enum Seen {
    Not,
    /// On the way that is walked.
    Open,
    Done,
}

/// The rounds that so many things make by what each leads to: one for each way back that is found first.
pub fn rounds(count: usize, next: impl Fn(usize) -> Vec<usize>) -> Vec<Vec<usize>> {
    let mut seen = vec![Seen::Not; count];
    let mut found = Vec::new();
    for first in 0..count {
        if seen.get(first) == Some(&Seen::Not) {
            walk(first, &next, &mut seen, &mut found);
        }
    }
    found
}

/// Depth first, without recursion: each thing on the way with what it still leads to.
fn walk(first: usize, next: &impl Fn(usize) -> Vec<usize>, seen: &mut [Seen], found: &mut Vec<Vec<usize>>) {
    let mut way = vec![(first, next(first))];
    if let Some(state) = seen.get_mut(first) {
        *state = Seen::Open;
    }
    while let Some((number, left)) = way.last_mut() {
        let number = *number;
        let Some(to) = left.pop() else {
            way.pop();
            if let Some(state) = seen.get_mut(number) {
                *state = Seen::Done;
            }
            continue;
        };
        match seen.get(to) {
            Some(Seen::Open) => {
                let from = way.iter().position(|(step, _)| *step == to).unwrap_or_default();
                found.push(way.iter().skip(from).map(|(step, _)| *step).collect());
            }
            Some(Seen::Not) => {
                if let Some(state) = seen.get_mut(to) {
                    *state = Seen::Open;
                }
                way.push((to, next(to)));
            }
            _ => {}
        }
    }
}
