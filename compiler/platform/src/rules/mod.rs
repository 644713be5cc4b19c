//! The rules over a whole platform: one file a rule, below the group of its code.

mod access;
mod capacity;
mod certificate;
mod delivery;
mod expose;
mod ha;
mod image;
mod ingress;
mod names;
mod net;
mod node;
mod object;
mod order;
mod paths;
mod policy;
mod pool;
mod port;
mod reach;
mod refs;
mod requires;
mod scale;
mod secret;
mod security;
mod storage;
pub(crate) mod version;
mod volume;
mod workloads;

use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;

use diagnostics::Diagnostic;

use self::paths::Paths;
pub(crate) use self::secret::looks;
pub use self::secret::looks::{hides, is_kept_in_secret, lines};
use crate::Place;
use crate::index::Index;
use crate::model::{Cluster, Platform};

/// How many findings of a rule are compared with everything that could be meant.
const COMPARED: usize = 100;

/// What rules found.
pub type Findings = Vec<Diagnostic<Place>>;

/// A rule that looks at each cluster by itself.
type OfCluster = fn(&Cluster, &mut Findings);

/// A rule that asks for pods by their labels, or for services by their names.
type OfIndex = fn(&Indexed<'_>, &mut Findings);

/// A rule that looks at clusters together.
type OfPlatform = fn(&Platform, &mut Findings);

/// A rule that looks at who reaches whom.
type OfPaths = fn(&mut Paths<'_>, &mut Findings);

const OF_CLUSTER: &[OfCluster] = &[
    net::cluster_dns::check,
    net::cni_pool::check,
    net::cluster_ip::check,
    net::dhcp::check,
    net::endpoint::check,
    net::outside::check,
    net::overlap::check,
    net::room::check,
    pool::dhcp::check,
    pool::edge::check,
    pool::exhausted::check,
    pool::range::check,
    pool::request::check,
    pool::share::check,
    pool::subnet::check,
    pool::taken::check,
    port::clash::check,
    port::host::check,
    port::monitor::check,
    port::map::check,
    port::probe::check,
    port::range::check,
    port::twice::check,
    port::webhook::check,
    port::unmapped::check,
    delivery::interval::check,
    delivery::tree::check,
    delivery::project::check,
    delivery::owners::check,
    delivery::paused::check,
    delivery::prune::check,
    delivery::retries::check,
    delivery::untyped::check,
    expose::no_address::check,
    expose::public::check,
    expose::silent::check,
    expose::two_balancers::check,
    ingress::backend::check,
    ingress::middleware::check,
    ingress::route::check,
    ingress::clash::check,
    ingress::class::check,
    ingress::classes::check,
    ingress::record::check,
    policy::elsewhere::check,
    ingress::foreign::check,
    ingress::path::check,
    ingress::certificate::check,
    policy::not_enforced::check,
    policy::undone::check,
    reach::scrape::check_taken,
    capacity::placed::check,
    capacity::limits::check,
    capacity::no_requests::check,
    capacity::architecture::check,
    capacity::growth::check,
    capacity::bound::check,
    capacity::quota::check,
    capacity::count::check,
    capacity::spread::check,
    access::resource::check,
    certificate::two::check,
    certificate::unissuable::check,
    volume::amount::check,
    volume::backup::check,
    volume::shared::check,
    volume::class::check,
    volume::copies::check,
    volume::access::check,
    volume::rollout::check,
    volume::bound::check,
    scale::two::check,
    scale::fixed::check,
    scale::requests::check,
    ha::control_planes::check,
    names::grammar::check,
    names::length::check,
    node::closed::check,
    node::order::check,
    node::step::check,
    node::twice::check,
    node::weakened::check,
    object::refused::check,
    object::same_pods::check,
    order::cycle::check,
    order::hooks::check,
    order::layer::check,
    order::no_wait::check,
    order::same_step::check,
    order::wave::check,
    order::webhook::check,
    refs::named::check,
    refs::namespace::check,
    refs::subset::check,
    refs::variable::check,
    requires::flag::check,
    requires::hosts::check,
    requires::kind::check,
    requires::mesh::check,
    requires::network::check,
    requires::offered::check,
    requires::watched::check,
    version::check,
    version::nodes::check,
    version::external_dns::check,
    version::unpinned::check,
    security::admission::check,
    secret::literal::check,
    secret::sealed::check,
    secret::credentials::check,
    secret::encrypted::check,
    secret::legacy::check,
    secret::unsealed::check,
    secret::weak::check,
    image::blocked::check,
    image::removed::check,
];

const OF_INDEX: &[OfIndex] = &[
    expose::local::check,
    expose::no_pods::check,
    expose::scheme::check,
    port::target::check,
    ha::budget::check,
    reach::host_dns::check,
];

const OF_PATHS: &[OfPaths] = &[
    policy::no_namespace::check,
    policy::idle::check,
    policy::either::check,
    policy::selects_nothing::check,
    policy::port::check,
    reach::dns::check,
    reach::blocked::check,
    reach::external::check,
    reach::ingress::check,
    reach::hook::check,
    reach::scrape::check,
];

const OF_PLATFORM: &[OfPlatform] =
    &[expose::absent::check, expose::scheme::told, net::duplicate::check, pool::overlap::check];

/// A cluster, and what it has by what others call it.
pub struct Indexed<'a> {
    cluster: &'a Cluster,
    index: Arc<Index>,
}

/// What is judged by itself.
#[derive(Clone, Copy)]
enum Task<'t, 'a> {
    Paths(&'t Late<'a>),
    OfIndex(OfIndex, &'t Late<'a>),
    OfCluster(OfCluster, &'a Cluster),
    OfPlatform(OfPlatform, &'a Platform),
}

impl Task<'_, '_> {
    fn run(self) -> Findings {
        let mut found = Vec::new();
        match self {
            Task::OfCluster(rule, cluster) => rule(cluster, &mut found),
            Task::OfPlatform(rule, platform) => rule(platform, &mut found),
            Task::OfIndex(rule, indexed) => rule(indexed, &mut found),
            Task::Paths(indexed) => {
                if let Some(mut paths) = Paths::new(indexed) {
                    OF_PATHS.iter().for_each(|rule| rule(&mut paths, &mut found));
                }
            }
        }
        found
    }
}

/// The index of a cluster, made by whoever asks first.
type Late<'a> = LazyLock<Indexed<'a>, Box<dyn FnOnce() -> Indexed<'a> + Send + 'a>>;

fn indexed(cluster: &Cluster) -> Late<'_> {
    LazyLock::new(Box::new(|| Indexed { cluster, index: Arc::new(Index::of(cluster)) }))
}

/// Everything that is wrong with a platform, by so many hands.
pub fn check(platform: &Platform, hands: usize) -> Findings {
    let indexed: Vec<Late> = platform.clusters.iter().map(indexed).collect();
    // What takes longest comes first.
    let mut tasks: Vec<Task> = indexed.iter().map(Task::Paths).collect();
    for (cluster, indexed) in platform.clusters.iter().zip(&indexed) {
        tasks.extend(OF_INDEX.iter().map(|rule| Task::OfIndex(*rule, indexed)));
        tasks.extend(OF_CLUSTER.iter().map(|rule| Task::OfCluster(*rule, cluster)));
    }
    tasks.extend(OF_PLATFORM.iter().map(|rule| Task::OfPlatform(*rule, platform)));
    let objects: usize = platform.clusters.iter().map(|cluster| cluster.objects.len()).sum();
    let hands = if objects < WORTHWHILE { 1 } else { hands };
    share(&tasks, hands).into_iter().flatten().collect()
}

/// From how many objects on it pays to call others.
const WORTHWHILE: usize = 2_000;

/// What each task finds, in their order.
fn share(tasks: &[Task<'_, '_>], hands: usize) -> Vec<Findings> {
    let next = AtomicUsize::new(0);
    let work = || {
        let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
        let taken = numbers.map_while(|number| Some((number, tasks.get(number)?)));
        taken.map(|(number, task)| (number, task.run())).collect::<Vec<_>>()
    };
    let mut found = thread::scope(|scope| {
        // Where there is no thread to be had, fewer hands do it all.
        let others: Vec<_> = (1..hands).filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok()).collect();
        let mut found = work();
        for other in others {
            found.extend(other.join().unwrap_or_else(|fault| panic::resume_unwind(fault)));
        }
        found
    });
    found.sort_unstable_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, found)| found).collect()
}
