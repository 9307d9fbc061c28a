namespace TransferLearning.Data;

/// <summary>An image file that is damaged outside its pixels, such as in a text. It is used like any other. Immutable.</summary>
/// <param name="Path">The image.</param>
/// <param name="Damage">What is wrong with the file.</param>
public sealed record DamagedImage(string Path, string Damage);
