"""What holds for every learner, every programme and every folder of scenes."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from learners import SCENES, SKILLS, Learner

from taketwo.practice.programme import Opens, Programme, Round
from taketwo.practice.progress import progress
from taketwo.practice.suggest import suggest
from taketwo.practice.surprise import surprises

names = st.sampled_from([*SCENES, "not-here", "nor-here"])
rounds = st.builds(
    Round,
    id=st.just("r"),
    title=st.just("R"),
    about=st.just("A."),
    opener=st.one_of(st.just(""), names),
    middles=st.lists(names, min_size=1, max_size=4).map(tuple),
    wow=st.one_of(st.just(""), names),
    opens=st.builds(
        Opens,
        st.integers(0, 7),
        st.lists(
            st.tuples(st.sampled_from(sorted(set(SKILLS.values()))), st.sampled_from([0.5, 0.9])), max_size=2
        ).map(tuple),
    ),
)
programmes = st.builds(Programme, st.just("P"), st.lists(rounds, min_size=1, max_size=5).map(tuple))
takes = st.lists(
    st.tuples(
        st.sampled_from(list(SCENES)),
        st.booleans(),
        st.sampled_from([1, 60, 500]),
        st.sampled_from([None, 0.2, 0.7, 1.0]),
    ),
    max_size=25,
)
folders = st.lists(st.sampled_from(list(SCENES)), unique=True, min_size=1)


def learner(programme, folder, played) -> Learner:
    zoe = Learner(programme, *folder)
    for scene, passed, minutes, listening in played:
        zoe.plays(scene, passed=passed, minutes=minutes, listening=listening)
    return zoe


@given(programmes, folders, takes, st.integers(0, 10_000))
def test_what_is_suggested_can_be_played(programme, folder, played, later):
    zoe = learner(programme, folder, played)
    found = suggest(zoe.progress, zoe.now + timedelta(minutes=later))
    here = {scene for round in programme.rounds for scene in round.scenes} & set(folder)
    assert (found is None) == (not here)
    if found:
        assert found.scene.id in folder
        assert found.end_on is None or (found.end_on.id in folder and found.end_on != found.scene)
        assert found.stage is None or found.stage.open


@given(programmes, folders, takes, st.integers(0, 3))
def test_a_surprise_can_be_played_and_is_the_same_for_the_same_seed(programme, folder, played, seed):
    zoe = learner(programme, folder, played)
    first = surprises(zoe.progress, zoe.now, seed)
    assert first
    assert set(first) <= set(folder)
    assert first == surprises(learner(programme, folder, played).progress, zoe.now, seed)


@given(programmes, folders, takes, st.sampled_from(list(SCENES)), st.sampled_from([None, 0.2, 1.0]))
def test_passing_more_never_closes_a_round(programme, folder, played, scene, listening):
    zoe = learner(programme, folder, played)
    before = zoe.open
    after = zoe.plays(scene, listening=listening).open
    assert all(now or not was for was, now in zip(before, after, strict=True))


@given(programmes, folders, takes)
def test_whoever_passes_what_is_suggested_comes_through_the_programme(programme, folder, played):
    zoe = learner(programme, folder, played)
    there = {scene.id for stage in zoe.progress.stages for scene in stage.scenes}
    for _ in range(2 * len(there) + 1):
        if all(stage.complete for stage in zoe.progress.stages):
            break
        zoe.plays(zoe.next.scene.id, listening=None)
    assert all(stage.complete and stage.open for stage in zoe.progress.stages)


@given(programmes, folders, takes)
def test_what_others_did_changes_nothing(programme, folder, played):
    zoe, alone = learner(programme, folder, played), learner(programme, folder, [])
    for scene, passed, minutes, listening in played:
        alone.plays(scene, passed=passed, minutes=minutes, listening=listening, learner="Ida")
    mine = progress(programme, zoe.scenes, SKILLS, [*alone.rows, *zoe.rows], "Zoë")
    assert mine == zoe.progress
