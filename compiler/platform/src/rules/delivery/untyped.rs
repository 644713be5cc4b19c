//! `delivery/untyped`: values of a chart that nothing describes.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// What is said to a chart is described by a type, or somebody says that it needs none.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for chart in &cluster.charts {
        let Some(at) = chart.untyped else { continue };
        let message = format!("nothing checks what is said to the chart `{}` here", chart.name);
        found.push(
            Diagnostic::new(&rules::DELIVERY_UNTYPED, at, message)
                .label("a key that the chart does not know is passed over, and nobody is told")
                .also(chart.at, "of the chart that is named here")
                .help(format!(
                    "import the schema that the chart publishes, `import \"./{0}.schema.json\" as {0}`, and give it in a schema of \
                     your own that you use here: `values: {0}.Values = {{}}`",
                    chart.name,
                )),
        );
    }
}
