namespace TransferLearning.Hosting;

/// <summary>How concurrent requests are gathered into one run of the network. Options; set them before the host starts.</summary>
/// <remarks>
/// Not thread-safe while it is changed. The predictions are the same as without batching, bit by bit. A batch runs on one thread and reads
/// the network's weights once, which pays for networks whose weights exceed the processor's cache. Waiting costs time: measure with the
/// load that you expect.
/// </remarks>
public sealed class ModelBatching
{
    /// <summary>The most images of one run, 2..256. Default: 8.</summary>
    public int MaxImages { get; set; } = 8;

    /// <summary>
    /// How long a decoded image waits for others that are being read or decoded, 0..1 s. Where no other request is in progress, an image
    /// does not wait. Default: 2 ms.
    /// </summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMilliseconds(2);
}
