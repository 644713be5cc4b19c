//! What leads back to itself, of anything that leads to each other. Knows numbers, and not what they stand for.

/// The nodes from which a way leads back to them, those that lead to each other together: those of Tarjan's components that have
/// an edge inside.
///
/// Every edge leads to a place in `edges`, so every index here is one of a node.
pub(crate) fn on_circles(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let count = edges.len();
    let (mut order, mut low) = (vec![usize::MAX; count], vec![usize::MAX; count]);
    let mut waiting = vec![false; count];
    let (mut stack, mut found, mut next) = (Vec::new(), Vec::new(), 0);
    for root in 0..count {
        if order[root] != usize::MAX {
            continue;
        }
        let mut way: Vec<(usize, usize)> = vec![(root, 0)];
        while let Some((node, edge)) = way.last_mut() {
            let node = *node;
            if *edge == 0 && order[node] == usize::MAX {
                (order[node], low[node], waiting[node]) = (next, next, true);
                stack.push(node);
                next += 1;
            }
            match edges[node].get(*edge) {
                Some(&to) => {
                    *edge += 1;
                    if order[to] == usize::MAX {
                        way.push((to, 0));
                    } else if waiting[to] {
                        low[node] = low[node].min(order[to]);
                    }
                }
                None => {
                    way.pop();
                    if let Some((before, _)) = way.last() {
                        low[*before] = low[*before].min(low[node]);
                    }
                    if low[node] == order[node] {
                        let start = stack.iter().rposition(|one| *one == node).unwrap_or(0);
                        let component = stack.split_off(start);
                        component.iter().for_each(|one| waiting[*one] = false);
                        if component.len() > 1 || edges[node].contains(&node) {
                            found.push(component);
                        }
                    }
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::on_circles;

    fn check(edges: &[&[usize]], expected: &[usize]) {
        let edges: Vec<Vec<usize>> = edges.iter().map(|to| to.to_vec()).collect();
        let mut found = on_circles(&edges).concat();
        found.sort_unstable();
        assert_eq!(found, expected);
    }

    #[test]
    fn chains_have_none() {
        check(&[&[1], &[2], &[]], &[]);
        check(&[&[1, 2], &[2], &[]], &[]);
    }

    #[test]
    fn rings_and_what_leads_to_them() {
        check(&[&[0]], &[0]);
        check(&[&[1], &[2], &[1], &[0]], &[1, 2]);
        check(&[&[1], &[0, 2], &[3], &[4], &[3]], &[0, 1, 3, 4]);
    }

    #[test]
    fn long_rings() {
        let edges: Vec<Vec<usize>> = (0..100_000).map(|node| vec![(node + 1) % 100_000]).collect();
        assert_eq!(on_circles(&edges).concat().len(), 100_000);
    }
}
