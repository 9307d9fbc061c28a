namespace TransferLearning.Bottlenecks;

/// <summary>The format of cached features.</summary>
public enum BottleneckPrecision
{
    /// <summary>Exactly what the network computed; 4 bytes a feature.</summary>
    Full,

    /// <summary>Half precision: about three decimal digits; 2 bytes a feature.</summary>
    Half,
}
