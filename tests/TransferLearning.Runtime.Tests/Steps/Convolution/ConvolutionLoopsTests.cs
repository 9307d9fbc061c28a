using TransferLearning.Runtime.Steps.Convolution;

namespace TransferLearning.Runtime.Tests.Steps.Convolution;

public class ConvolutionLoopsTests
{
    private const int Kilobyte = 1024;

    [Fact]
    public void Small_weights_are_read_again_for_each_block_of_a_large_map() =>
        ConvolutionLoops.Choose(images: 1, rows: 56, inputBytes: 3200 * Kilobyte, weightBytes: 64 * Kilobyte, panels: 2)
            .ShouldBe(new ConvolutionLoops(17, PanelsOutside: false));

    [Fact]
    public void Weights_larger_than_any_cache_are_not_read_again_for_a_second_block() =>
        ConvolutionLoops.Choose(images: 1, rows: 7, inputBytes: 300 * Kilobyte, weightBytes: 8192 * Kilobyte, panels: 64)
            .ShouldBe(new ConvolutionLoops(1, PanelsOutside: false));

    [Fact]
    public void Weights_larger_than_any_cache_are_read_once_for_all_small_maps() =>
        ConvolutionLoops.Choose(images: 4, rows: 7, inputBytes: 100 * Kilobyte, weightBytes: 8192 * Kilobyte, panels: 16)
            .ShouldBe(new ConvolutionLoops(1, PanelsOutside: true));

    [Fact]
    public void A_map_has_no_more_blocks_than_rows() =>
        ConvolutionLoops.Choose(images: 1, rows: 2, inputBytes: 8192 * Kilobyte, weightBytes: 64 * Kilobyte, panels: 2).Blocks.ShouldBe(2);

    [Fact]
    public void No_rows_are_one_block() =>
        ConvolutionLoops.Choose(images: 1, rows: 0, inputBytes: 0, weightBytes: 64 * Kilobyte, panels: 2).Blocks.ShouldBe(1);
}
