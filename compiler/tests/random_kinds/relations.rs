use super::gene::Part;
use super::world::World;
use super::{behaviour, indexes, views};

/// Views, materialized views, and what belongs to relations: indexes, statistics, triggers, policies, rules.
pub fn build(world: &mut World) {
    for (number, choices) in world.parts(Part::View) {
        views::view(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Materialized) {
        views::materialized(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Index) {
        indexes::index(world, number, choices);
    }
    if let Some(choices) = world.part(Part::Statistics, 0) {
        indexes::statistics(world, choices);
    }
    for (number, choices) in world.parts(Part::Trigger) {
        behaviour::trigger(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Policy) {
        behaviour::policy(world, number, choices);
    }
    for (number, choices) in world.parts(Part::Rule) {
        behaviour::rule(world, number, choices);
    }
}
