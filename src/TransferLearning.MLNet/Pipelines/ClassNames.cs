using Microsoft.ML.Data;

namespace TransferLearning.MLNet.Pipelines;

/// <summary>Adds the names of the classes to a column as an annotation.</summary>
internal static class ClassNames
{
    public static void Annotate(SchemaDefinition.Column column, string annotation, IReadOnlyList<string> classes)
    {
        ReadOnlyMemory<char>[] names = [.. classes.Select(c => c.AsMemory())];
        column.AddAnnotation(
            annotation,
            new VBuffer<ReadOnlyMemory<char>>(names.Length, names),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
    }
}
