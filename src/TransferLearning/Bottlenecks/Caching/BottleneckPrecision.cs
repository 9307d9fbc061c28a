namespace TransferLearning.Bottlenecks;

/// <summary>The format in which a <see cref="BottleneckCache"/> stores features.</summary>
public enum BottleneckPrecision
{
    /// <summary>Exactly what the network computed; 4 bytes per feature.</summary>
    Full,

    /// <summary>Half precision, about three decimal digits; 2 bytes per feature.</summary>
    Half,
}
