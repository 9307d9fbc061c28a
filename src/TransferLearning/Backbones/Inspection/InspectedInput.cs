namespace TransferLearning.Backbones.Inspection;

/// <summary>An input of a network. Immutable.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The shape; extents that are open are question marks.</param>
/// <param name="Layout">The order of the axes, <c>NCHW</c> or <c>NHWC</c>; null where it is not the image.</param>
internal sealed record InspectedInput(string Name, string Type, string Shape, string? Layout);
