//! A misfit in words.

use super::{Amount, Misfit, Why};
use crate::model::Cluster;

impl Misfit {
    /// One line that stands alone.
    pub fn message(&self, cluster: &Cluster) -> String {
        let object = self.pods.first().and_then(|pods| cluster.objects.get(cluster.pods.get(*pods)?.entity));
        let whose = object.map_or_else(String::new, |object| object.shown());
        let host = |number: &usize| cluster.hosts.get(*number).map_or("", |host| &*host.name);
        let of = &cluster.name;
        match &self.why {
            Why::Tainted(..) => format!("no host of `{of}` takes the pods of {whose}: taints keep them away"),
            Why::Unsuited => format!("no host of `{of}` has the labels that {whose} wants"),
            Why::TooLarge(Amount::Other(name), _, _, 0) => format!("no host of `{of}` has `{name}` for {whose}"),
            Why::TooLarge(amount, asked, best, has) => format!(
                "a pod of {whose} asks for {}, and no host of `{of}` has that: `{}` has {} for it",
                amount.shown(*asked),
                host(best),
                amount.shown(*has)
            ),
            Why::Apart(count, places) => {
                format!("{whose} wants {count} pods apart from each other, and `{of}` has places for {places}")
            }
            Why::Together(amount, asked, there) => format!(
                "the pods of `{of}` ask for {}, and its hosts have {} for them",
                amount.shown(*asked),
                amount.shown(*there)
            ),
            Why::Pieces => format!("what is free on each host of `{of}` is too little for a pod of {whose}"),
            Why::Volume(number) => format!("a volume of {whose} may stand on `{}` and nowhere else", host(number)),
            Why::Majority(number) => {
                format!("without `{}` the control planes of `{of}` have no majority", host(number))
            }
        }
    }
}
