using TransferLearning.Runtime.Steps.Tokens;
using TransferLearning.Runtime.Tensors;

namespace TransferLearning.Runtime.Tests.Steps.Tokens;

public class StridedLayoutTests
{
    [Fact]
    public void A_dense_tensor_has_any_other_shape_of_its_length()
    {
        var dense = StridedLayout.RowMajor(new Shape(2, 3, 4), 4);

        foreach (Shape shape in new Shape[] { new(24), new(6, 4), new(2, 12), new(1, 4, 1, 6), new(3, 2, 2, 2), new(24, 1) })
        {
            Offsets(dense.Reshape(shape)!).ShouldBe(Enumerable.Range(0, 24));
        }
    }

    [Fact]
    public void Rows_that_are_apart_do_not_join_with_their_elements()
    {
        var rows = StridedLayout.RowMajor(new Shape(2, 3, 4), 5);

        rows.Reshape(new Shape(2, 12)).ShouldBeNull();
        rows.Reshape(new Shape(24)).ShouldBeNull();
        Offsets(rows.Reshape(new Shape(6, 2, 2))!).ShouldBe(Offsets(rows));
        Offsets(rows.Reshape(new Shape(3, 2, 1, 4))!).ShouldBe(Offsets(rows));
    }

    [Fact]
    public void Transposed_axes_join_only_where_their_elements_are_evenly_apart()
    {
        StridedLayout heads = StridedLayout.RowMajor(new Shape(5, 2, 4), 4).Transpose([1, 0, 2]);

        heads.Reshape(new Shape(10, 4)).ShouldBeNull();
        Offsets(heads.Reshape(new Shape(2, 5, 2, 2))!).ShouldBe(Offsets(heads));
        Offsets(heads.Transpose([1, 0, 2]).Reshape(new Shape(5, 8))!).ShouldBe(Enumerable.Range(0, 40));
    }

    [Fact]
    public void Slices_selections_and_repetitions_are_at_the_places_of_their_elements()
    {
        var dense = StridedLayout.RowMajor(new Shape(3, 4), 4);

        Offsets(dense.Slice(1, 1, 2)).ShouldBe([1, 2, 5, 6, 9, 10]);
        Offsets(dense.Slice(0, 2, 2, -2)).ShouldBe([8, 9, 10, 11, 0, 1, 2, 3]);
        Offsets(dense.Select(0, 1)).ShouldBe([4, 5, 6, 7]);
        Offsets(dense.Select(1, 1).BroadcastTo(new Shape(2, 3))).ShouldBe([1, 5, 9, 1, 5, 9]);
        dense.Slice(1, 1, 2).LastOffset.ShouldBe(10);
    }

    [Fact]
    public void Loops_visit_the_elements_of_all_tensors_in_the_order_of_the_first()
    {
        var output = StridedLayout.RowMajor(new Shape(2, 3, 4), 6);
        StridedLayout input = StridedLayout.RowMajor(new Shape(3, 1), 1).BroadcastTo(new Shape(2, 3, 4));
        var loops = new StridedLoops(output, input);

        (loops.Runs, loops.RunLength).ShouldBe((6, 4));
        (loops.RunStride(0), loops.RunStride(1)).ShouldBe((1, 0));
        Enumerable.Range(0, 6).Select(run => loops.Offset(0, run)).ShouldBe([0, 6, 12, 18, 24, 30]);
        Enumerable.Range(0, 6).Select(run => loops.Offset(1, run)).ShouldBe([0, 1, 2, 0, 1, 2]);
    }

    private static IEnumerable<int> Offsets(StridedLayout layout)
    {
        IEnumerable<int> offsets = [layout.Offset];
        for (int axis = 0; axis < layout.Rank; axis++)
        {
            int extent = layout.Extents[axis], stride = layout.Strides[axis];
            offsets = [.. offsets.SelectMany(o => Enumerable.Range(0, extent).Select(i => o + (i * stride)))];
        }

        return offsets;
    }
}
